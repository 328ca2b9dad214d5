package org.vaetf.likelihood;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.RowShape;
import org.vaetf.density.CountDensity;
import org.vaetf.nn.LayerScope;

/**
 * Independent negative binomial counts, not scaled, of mean μ and variance {@code μ + μ²/r}: {@code
 * log p(x|z) = Σ log Γ(x+r) − log Γ(r) − log x! + r log(r/(r+μ)) + x log(μ/(r+μ))}. The decoder
 * gives log μ, bounded as that of {@link Poisson}. The inverse dispersion r is best learned for
 * each feature: Lopez et al., "Deep generative modeling for single-cell transcriptomics" (Nature
 * Methods 15, 2018). A log r that is not fixed is bounded softly, {@code −10 + softplus(l + 10)},
 * then {@code 10 − softplus(10 − l)}.
 *
 * @param inverseDispersion where r comes from
 * @param value r where it is fixed, its first value where it is learned; not used {@code per-pixel}
 */
public record NegativeBinomial(Spread inverseDispersion, double value) implements Likelihood {
  private static final float BOUND = 10f;

  /**
   * Checks the settings.
   *
   * @param inverseDispersion where r comes from
   * @param value r where it is fixed, its first value where it is learned; not used {@code
   *     per-pixel}
   * @throws org.vaetf.base.ConfigException if the one is missing, or the other not above 0 or,
   *     where it is learned, not within the bounds
   */
  public NegativeBinomial {
    LogSpread.check(
        "inverse dispersion of the negative binomial likelihood",
        inverseDispersion,
        value,
        -BOUND,
        BOUND);
  }

  /**
   * A learned r for each feature, 1 at first.
   *
   * @return the defaults
   */
  public static NegativeBinomial defaults() {
    return new NegativeBinomial(Spread.PER_CHANNEL, 1);
  }

  @Override
  public RowShape parameters(RowShape x) {
    return logR().parameters(x);
  }

  private LogSpread logR() {
    return new LogSpread("log_inverse_dispersion", inverseDispersion, value, -BOUND, BOUND);
  }

  @Override
  public Conditional given(LayerScope scope, Operand<TFloat32> parameters, RowShape shape) {
    LogSpread.Parameters of = logR().given(scope, parameters, shape);
    return new Counts(scope.tf(), LogRate.bounded(scope.tf(), of.location()), of.logSpread());
  }

  @Override
  public boolean isDiscrete() {
    return true;
  }

  @Override
  public void requireSupport(float[] values) {
    Support.requireCounts(values, "negative binomial");
  }

  private record Counts(Ops tf, Operand<TFloat32> logRate, Operand<TFloat32> logR)
      implements Conditional {

    @Override
    public Operand<TFloat32> logDensity(Operand<TFloat32> x) {
      return PerValue.sum(tf, CountDensity.negativeBinomial(tf, x, logRate, logR));
    }

    @Override
    public Operand<TFloat32> mean() {
      return tf.math.exp(logRate);
    }
  }
}
