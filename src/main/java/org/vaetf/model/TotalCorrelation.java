package org.vaetf.model;

import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Kinds;
import org.vaetf.base.Named;
import org.vaetf.latent.DiagonalGaussian;
import org.vaetf.latent.Posterior;
import org.vaetf.latent.Prior;
import org.vaetf.latent.StandardNormal;

/**
 * The divergence taken apart, each part with a weight of its own: {@code −log p(x|z) + α I(x; z) +
 * β KL(q(z) ‖ Π_j q(z_j)) + γ Σ_j KL(q(z_j) ‖ p(z_j))}: mutual information, total correlation, and
 * the divergence dimension by dimension. Chen et al., "Isolating sources of disentanglement in
 * VAEs", arXiv 1802.04942, equations 2 and 4. The aggregated posterior q(z) is estimated from the
 * batch, see {@link AggregatedPosterior}.
 *
 * @param alpha α, 0 or more
 * @param beta β, 0 or more
 * @param gamma γ, 0 or more
 * @param estimator of log q(z) from a batch
 */
public record TotalCorrelation(double alpha, double beta, double gamma, Estimator estimator)
    implements Objective {
  private static final String MUTUAL_INFORMATION = "mutual_information";
  private static final String TOTAL_CORRELATION = "total_correlation";
  private static final String DIMENSION_WISE_KL = "dimension_wise_kl";

  /** How log q(z) is estimated from a batch. */
  public enum Estimator implements Named {
    /**
     * {@code q(z) ≈ 1/(B N) Σ q(z|x_i)} over the B rows of a batch of N: equation 3 of the paper.
     * That is less by the factor N than the mean over the batch. The gradient does not see the
     * constant, but it is in what is reported: log N in the mutual information, (latent − 1) log N
     * in the total correlation, −latent log N in the dimension-wise divergence.
     */
    MINIBATCH_WEIGHTED,
    /** The row that z was drawn for stands for itself, the others for the rest: appendix C.2. */
    MINIBATCH_STRATIFIED
  }

  /**
   * Checks the settings.
   *
   * @param alpha α, 0 or more
   * @param beta β, 0 or more
   * @param gamma γ, 0 or more
   * @param estimator of log q(z) from a batch
   * @throws ConfigException if one is missing, negative or not a number
   */
  public TotalCorrelation {
    Check.notNegative("alpha", alpha);
    Check.notNegative("beta", beta);
    Check.notNegative("gamma", gamma);
    Check.present("estimator", estimator);
  }

  /**
   * α = γ = 1, β = 6, as in the paper's experiments on dSprites; minibatch-weighted.
   *
   * @return the defaults
   */
  public static TotalCorrelation defaults() {
    return new TotalCorrelation(1, 6, 1, Estimator.MINIBATCH_WEIGHTED);
  }

  @Override
  public void requireFits(Posterior posterior, Prior prior) {
    if (!(posterior instanceof DiagonalGaussian)) {
      throw new ConfigException(
          "posterior beside the objective total-correlation",
          Kinds.describe(Posterior.class, posterior),
          "diagonal-gaussian, whose dimensions have densities of their own");
    }
    if (!(prior instanceof StandardNormal)) {
      throw new ConfigException(
          "prior beside the objective total-correlation",
          Kinds.describe(Prior.class, prior),
          "standard-normal, whose dimensions are independent");
    }
  }

  @Override
  public Map<String, Operand<TFloat32>> terms(VaeGraph vae, Step step) {
    Ops tf = vae.scope().tf();
    VaeGraph.Inference inference = vae.infer(step.x(), step.seed());
    Operand<TFloat32> z = inference.draw().z();
    Operand<TFloat32> error = vae.trainingError(inference, step.x());
    AggregatedPosterior aggregated =
        AggregatedPosterior.of(tf, z, inference.posterior(), step.trainingRows(), estimator);

    Operand<TFloat32> joint = BatchMean.of(tf, aggregated.logDensity());
    Operand<TFloat32> product = BatchMean.of(tf, aggregated.logProductOfMarginals());
    Operand<TFloat32> information =
        tf.math.sub(BatchMean.of(tf, inference.draw().logDensity()), joint);
    Operand<TFloat32> correlation = tf.math.sub(joint, product);
    Operand<TFloat32> byDimension =
        tf.math.sub(product, BatchMean.of(tf, inference.prior().logDensity(z)));
    Operand<TFloat32> loss =
        tf.math.addN(
            List.of(
                error,
                tf.math.mul(tf.constant((float) alpha), information),
                tf.math.mul(tf.constant((float) beta), correlation),
                tf.math.mul(tf.constant((float) gamma), byDimension)));
    Map<String, Operand<TFloat32>> terms = Terms.of(tf, loss, error, inference.kl());
    terms.put(MUTUAL_INFORMATION, information);
    terms.put(TOTAL_CORRELATION, correlation);
    terms.put(DIMENSION_WISE_KL, byDimension);
    return terms;
  }
}
