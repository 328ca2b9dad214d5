package org.vaetf.sampler;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.RowShape;
import org.vaetf.likelihood.Likelihood;
import org.vaetf.model.LatentSampler;
import org.vaetf.model.ModelConfig;
import org.vaetf.model.VaeGraph;
import org.vaetf.nn.Columns;
import org.vaetf.nn.LayerScope;

/**
 * Draws of a second VAE: {@code u ~ N(0, I)}, {@code z = μ(u) + σ ε}, back in the units of the
 * first one's latent space.
 *
 * @param model the second: its prior standard normal, its likelihood normal with one variance
 */
record SecondStage(ModelConfig model) implements LatentSampler {

  @Override
  public int noise(int latent) {
    return 2 * latent;
  }

  @Override
  public Operand<TFloat32> draw(VaeGraph vae, Operand<TFloat32> noise) {
    Ops tf = vae.scope().tf();
    int latent = vae.config().latent();
    LayerScope own = vae.scope().child(PATH);
    List<Operand<TFloat32>> halves = Columns.widths(tf, noise, latent, latent);
    Likelihood.Conditional conditional =
        new VaeGraph(model, RowShape.of(latent), own).likelihood(halves.get(0));
    Operand<TFloat32> mean = conditional.mean();
    Operand<TFloat32> z =
        tf.math.add(mean, tf.math.mul(deviation(tf, conditional, latent), halves.get(1)));
    return Standardized.in(own, latent).fromUnits(z);
  }

  /**
   * A normal density tells its variance at its mean: there it is {@code −(log 2πσ²) latent / 2}.
   */
  private static Operand<TFloat32> deviation(
      Ops tf, Likelihood.Conditional conditional, int latent) {
    Operand<TFloat32> atMean =
        tf.expandDims(conditional.logDensity(conditional.mean()), tf.constant(1));
    Operand<TFloat32> halfLogVariance =
        tf.math.sub(
            tf.math.div(tf.math.neg(atMean), tf.constant((float) latent)),
            tf.constant((float) (Math.log(2 * Math.PI) / 2)));
    return tf.math.exp(halfLogVariance);
  }
}
