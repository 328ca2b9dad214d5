package org.vaetf.likelihood;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.RowShape;
import org.vaetf.nn.LayerScope;

/**
 * Independent Laplace values: {@code log p(x|z) = −Σ log 2b + |x − μ| / b}. The decoder gives μ,
 * which is the median too: the fit is to absolute errors, which large ones sway less than squares.
 * A log-scale l that is not fixed is bounded below softly, {@code −5 + softplus(l + 5)}, so that
 * the density of perfectly predicted values stays finite.
 *
 * @param scale where b comes from
 * @param value b where it is fixed, its first value where it is learned; not used {@code per-pixel}
 */
public record Laplace(Spread scale, double value) implements Likelihood {
  private static final float LEAST_LOG_SCALE = -5f;

  /**
   * Checks the settings.
   *
   * @param scale where b comes from
   * @param value b where it is fixed, its first value where it is learned; not used {@code
   *     per-pixel}
   * @throws org.vaetf.base.ConfigException if the one is missing, or the other not above 0 or,
   *     where it is learned, not within the bounds
   */
  public Laplace {
    LogSpread.check(
        "scale of the Laplace likelihood", scale, value, LEAST_LOG_SCALE, Float.POSITIVE_INFINITY);
  }

  /**
   * One learned scale, 1 at first.
   *
   * @return the defaults
   */
  public static Laplace defaults() {
    return new Laplace(Spread.LEARNED, 1);
  }

  @Override
  public RowShape parameters(RowShape x) {
    return logScale().parameters(x);
  }

  private LogSpread logScale() {
    return new LogSpread("log_scale", scale, value, LEAST_LOG_SCALE, Float.POSITIVE_INFINITY);
  }

  @Override
  public Conditional given(LayerScope scope, Operand<TFloat32> parameters, RowShape shape) {
    LogSpread.Parameters of = logScale().given(scope, parameters, shape);
    return new Located(scope.tf(), of.location(), of.logSpread());
  }

  @Override
  public boolean isDiscrete() {
    return false;
  }

  @Override
  public void requireSupport(float[] values) {
    // Every finite number has a density.
  }

  private record Located(Ops tf, Operand<TFloat32> mean, Operand<TFloat32> logScale)
      implements Conditional {
    private static final float LOG_TWO = (float) Math.log(2);

    @Override
    public Operand<TFloat32> logDensity(Operand<TFloat32> x) {
      Operand<TFloat32> distances =
          tf.math.mul(tf.math.abs(tf.math.sub(x, mean)), tf.math.exp(tf.math.neg(logScale)));
      Operand<TFloat32> logWidths = tf.math.add(tf.constant(LOG_TWO), logScale);
      return tf.math.neg(PerValue.sum(tf, tf.math.add(logWidths, distances)));
    }
  }
}
