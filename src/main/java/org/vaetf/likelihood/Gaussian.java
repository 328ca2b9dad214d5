package org.vaetf.likelihood;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.RowShape;
import org.vaetf.density.NormalDensity;
import org.vaetf.nn.LayerScope;

/**
 * Independent normal values: {@code log p(x|z) = −Σ (log 2πσ² + (x − μ)² / σ²) / 2}. The decoder
 * gives μ. The variance is fixed, learned (Rybkin et al., "Simple and effective VAE training with
 * calibrated decoders", arXiv 2006.13202), or given by the decoder too. A log-variance l that is
 * not fixed is bounded below softly, {@code −10 + softplus(l + 10)}, so that the density of
 * perfectly predicted values stays finite.
 *
 * @param variance where the variance comes from
 * @param value σ² where it is fixed, its first value where it is learned; not used {@code
 *     per-pixel}
 */
public record Gaussian(Spread variance, double value) implements Likelihood {
  private static final float LEAST_LOG_VARIANCE = -10f;

  /**
   * Checks the settings.
   *
   * @param variance where the variance comes from
   * @param value σ² where it is fixed, its first value where it is learned; not used {@code
   *     per-pixel}
   * @throws org.vaetf.base.ConfigException if the one is missing, or the other not above 0 or,
   *     where it is learned, not within the bounds
   */
  public Gaussian {
    LogSpread.check(
        "variance of the Gaussian likelihood",
        variance,
        value,
        LEAST_LOG_VARIANCE,
        Float.POSITIVE_INFINITY);
  }

  /**
   * Unit variance, for which log p(x|z) is half the squared error but for sign and a constant.
   *
   * @return the fixed variance 1
   */
  public static Gaussian defaults() {
    return new Gaussian(Spread.FIXED, 1);
  }

  @Override
  public RowShape parameters(RowShape x) {
    return logVariance().parameters(x);
  }

  private LogSpread logVariance() {
    return new LogSpread(
        "log_variance", variance, value, LEAST_LOG_VARIANCE, Float.POSITIVE_INFINITY);
  }

  @Override
  public Conditional given(LayerScope scope, Operand<TFloat32> parameters, RowShape shape) {
    LogSpread.Parameters of = logVariance().given(scope, parameters, shape);
    return new Normal(scope.tf(), of.location(), of.logSpread());
  }

  @Override
  public boolean isDiscrete() {
    return false;
  }

  @Override
  public void requireSupport(float[] values) {
    // Every finite number has a density.
  }

  private record Normal(Ops tf, Operand<TFloat32> mean, Operand<TFloat32> logVariance)
      implements Conditional {

    @Override
    public Operand<TFloat32> logDensity(Operand<TFloat32> x) {
      return PerValue.sum(tf, NormalDensity.log(tf, x, mean, logVariance));
    }
  }
}
