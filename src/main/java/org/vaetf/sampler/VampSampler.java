package org.vaetf.sampler;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Samples;
import org.vaetf.density.Components;
import org.vaetf.density.NormalMixture;
import org.vaetf.latent.Deterministic;
import org.vaetf.latent.DiagonalGaussian;
import org.vaetf.latent.Posterior;
import org.vaetf.model.LatentSampler;
import org.vaetf.model.ModelConfig;
import org.vaetf.model.VaeGraph;
import org.vaetf.nn.Columns;
import org.vaetf.nn.Initializer;
import org.vaetf.tf.Array;

/**
 * The aggregated posterior itself, of some rows of the data: {@code (1/K) Σ_k q(z|x_k)}, Tomczak
 * and Welling, "VAE with a VampPrior", arXiv 1705.07120, equation 8 with rows in place of learned
 * pseudo-inputs ("VampPrior data"). Posteriors of any family serve; what is kept of a row are their
 * parameters. New data lie near those K rows.
 *
 * @param rows K, at least 1 and at most the training rows
 */
public record VampSampler(int rows) implements Sampler {

  /**
   * Checks the number.
   *
   * @param rows K, at least 1 and at most the training rows
   * @throws ConfigException if it is below 1
   */
  public VampSampler {
    Check.atLeast("rows", rows, 1);
  }

  /**
   * 500 rows, as many as the paper has pseudo-inputs.
   *
   * @return the defaults
   */
  public static VampSampler defaults() {
    return new VampSampler(500);
  }

  @Override
  public void requireFits(ModelConfig model) {
    if (model.posterior() instanceof Deterministic) {
      throw new ConfigException(
          "posterior beside the sampler vamp",
          "deterministic",
          "one with a density, else draws are the codes of the rows themselves; use normal-mixture");
    }
  }

  @Override
  public Fit fit(LatentRows latents) {
    Samples parameters = latents.somePosteriors("rows", rows);
    long[] shape = {rows, parameters.shape().size()};
    Map<String, Array> weights =
        Map.of(
            LatentSampler.PATH + "." + Mixture.PARAMETERS, new Array(shape, parameters.values()));
    Mixture mixture = new Mixture(rows, parameters.shape().size());
    Optional<LatentDensity> density =
        latents.model().config().posterior() instanceof DiagonalGaussian
            ? Optional.of(
                new GraphDensity(latents.model(), weights, mixture::logDensity, latents.compute()))
            : Optional.empty();
    return new Fit(Optional.of(mixture), weights, density, Map.of());
  }

  /** The posteriors of some rows, all as likely. */
  private record Mixture(int rows, int width) implements LatentSampler {
    static final String PARAMETERS = "parameters";

    @Override
    public int noise(int latent) {
      return latent + 1;
    }

    @Override
    public Operand<TFloat32> draw(VaeGraph vae, Operand<TFloat32> noise) {
      Ops tf = vae.scope().tf();
      List<Operand<TFloat32>> parts = Columns.widths(tf, noise, vae.config().latent(), 1);
      Operand<TFloat32> logWeights = tf.constant(equal());
      Operand<TFloat32> chosen =
          tf.gather(
              parameters(vae), Components.chosen(tf, logWeights, parts.get(1)), tf.constant(0));
      return vae.posteriorGiven(chosen, vae.prior()).draw(parts.get(0)).z();
    }

    private float[] equal() {
      float[] logWeights = new float[rows];
      Arrays.fill(logWeights, (float) -Math.log(rows));
      return logWeights;
    }

    private Operand<TFloat32> parameters(VaeGraph vae) {
      return vae.scope().child(PATH).weight(PARAMETERS, Shape.of(rows, width), Initializer.zeros());
    }

    /** Of diagonal normal posteriors. */
    Operand<TFloat32> logDensity(VaeGraph vae, Operand<TFloat32> z) {
      Ops tf = vae.scope().tf();
      Posterior.Conditional each = vae.posteriorGiven(parameters(vae), vae.prior());
      return new NormalMixture(tf, tf.constant(equal()), each.mean(), each.logVariance())
          .logDensity(z);
    }
  }
}
