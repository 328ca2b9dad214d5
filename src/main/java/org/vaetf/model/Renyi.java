package org.vaetf.model;

import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.density.LogSumExp;
import org.vaetf.latent.Posterior;
import org.vaetf.latent.Prior;

/**
 * The variational Rényi bound, negative: {@code L_α = 1/(1 − α) log (1/k) Σ_i w_i^(1 − α)} with
 * {@code w_i = p(x|z_i) p(z_i) / q(z_i|x)}. α = 0 is the importance-weighted bound, α → 1 the ELBO;
 * negative α gives more weight to the best draw. Li and Turner, "Rényi divergence variational
 * inference", arXiv 1602.02311 (NIPS 2016), equation 5.
 *
 * @param alpha α, any number
 * @param draws k, for each row, at least 1
 * @param warmUpEpochs epochs until the weights are those of the bound, 0 or more
 */
public record Renyi(double alpha, int draws, double warmUpEpochs) implements Objective {

  /**
   * Checks the settings.
   *
   * @param alpha α, any number
   * @param draws k, for each row, at least 1
   * @param warmUpEpochs epochs until the weights are those of the bound, 0 or more
   * @throws ConfigException if one is out of range
   */
  public Renyi {
    if (!Double.isFinite(alpha)) {
      throw new ConfigException("alpha", alpha, "a finite number");
    }
    Check.atLeast("draws", draws, 1);
    Check.notNegative("warmUpEpochs", warmUpEpochs);
  }

  /**
   * α = 0.5 with five draws.
   *
   * @return the defaults
   */
  public static Renyi defaults() {
    return new Renyi(0.5, 5, 0);
  }

  @Override
  public void requireFits(Posterior posterior, Prior prior) {
    RequiredDensity.of(posterior, "renyi");
  }

  @Override
  public Map<String, Operand<TFloat32>> terms(VaeGraph vae, Step step) {
    Ops tf = vae.scope().tf();
    PosteriorDraws.Densities densities = PosteriorDraws.of(vae, step, draws).densities();
    Operand<TFloat32> logWeights = densities.logWeights(step.warmUp());
    return ImportanceWeighted.terms(tf, densities, tf.math.neg(bound(tf, logWeights)), draws);
  }

  /** In double precision: near α = 1 the logarithm is small, and so is what it is divided by. */
  private Operand<TFloat32> bound(Ops tf, Operand<TFloat32> logWeights) {
    if (alpha == 1) {
      return BatchMean.of(tf, logWeights);
    }
    Operand<TFloat64> power = tf.constant(1 - alpha);
    Operand<TFloat64> byDraw =
        tf.dtypes.cast(tf.reshape(logWeights, tf.constant(new int[] {draws, -1})), TFloat64.class);
    Operand<TFloat64> sums = LogSumExp.over(tf, tf.math.mul(power, byDraw), 0);
    Operand<TFloat64> bounds = tf.math.div(tf.math.sub(sums, tf.constant(Math.log(draws))), power);
    return BatchMean.of(tf, tf.dtypes.cast(bounds, TFloat32.class));
  }
}
