package org.vaetf.likelihood;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.RowShape;
import org.vaetf.density.DiscretizedLogisticDensity;
import org.vaetf.nn.LayerScope;

/**
 * Independent pixels of 256 levels, x being the level over 255: the logistic distribution of mean μ
 * and scale s has {@code p(x|z) = σ((x + h − μ)/s) − σ((x − h − μ)/s)} with h = 1/510 and the two
 * outermost bins open: Kingma et al., "Improved variational inference with inverse autoregressive
 * flow", arXiv 1606.04934. The decoder gives μ. A log-scale l that is not fixed is bounded softly,
 * {@code −8 + softplus(l + 8)}, then {@code 2 − softplus(2 − l)}: from a twelfth of a bin to seven
 * times the whole range.
 *
 * @param scale where s comes from
 * @param value s where it is fixed, its first value where it is learned; not used {@code per-pixel}
 */
public record DiscretizedLogistic(Spread scale, double value) implements Likelihood {
  static final int LEVELS = 256;
  static final float LEAST_LOG_SCALE = -8f;
  static final float MOST_LOG_SCALE = 2f;

  /**
   * Checks the settings.
   *
   * @param scale where s comes from
   * @param value s where it is fixed, its first value where it is learned; not used {@code
   *     per-pixel}
   * @throws org.vaetf.base.ConfigException if the one is missing, or the other not above 0 or,
   *     where it is learned, not within the bounds
   */
  public DiscretizedLogistic {
    LogSpread.check(
        "scale of the discretized logistic likelihood",
        scale,
        value,
        LEAST_LOG_SCALE,
        MOST_LOG_SCALE);
  }

  /**
   * A learned scale for each channel, 0.1 at first.
   *
   * @return the defaults
   */
  public static DiscretizedLogistic defaults() {
    return new DiscretizedLogistic(Spread.PER_CHANNEL, 0.1);
  }

  @Override
  public RowShape parameters(RowShape x) {
    return logScale().parameters(x);
  }

  private LogSpread logScale() {
    return new LogSpread("log_scale", scale, value, LEAST_LOG_SCALE, MOST_LOG_SCALE);
  }

  @Override
  public Conditional given(LayerScope scope, Operand<TFloat32> parameters, RowShape shape) {
    LogSpread.Parameters of = logScale().given(scope, parameters, shape);
    return new Rounded(scope.tf(), of.location(), of.logSpread());
  }

  @Override
  public boolean isDiscrete() {
    return true;
  }

  @Override
  public void requireSupport(float[] values) {
    Support.requireLevels(values, LEVELS, "discretized logistic");
  }

  private record Rounded(Ops tf, Operand<TFloat32> location, Operand<TFloat32> logScale)
      implements Conditional {

    @Override
    public Operand<TFloat32> logDensity(Operand<TFloat32> x) {
      return PerValue.sum(tf, DiscretizedLogisticDensity.log(tf, x, location, logScale, LEVELS));
    }

    /** To within half a level: {@link DiscretizedLogisticDensity#mean}. */
    @Override
    public Operand<TFloat32> mean() {
      return DiscretizedLogisticDensity.mean(tf, location, logScale);
    }
  }
}
