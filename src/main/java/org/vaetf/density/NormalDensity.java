package org.vaetf.density;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The normal density. */
public final class NormalDensity {
  private static final float LOG_TWO_PI = (float) Math.log(2 * Math.PI);

  private NormalDensity() {}

  /**
   * {@code −(log 2π + log σ² + (x − μ)² / σ²) / 2}, elementwise; the shapes broadcast.
   *
   * @param tf the graph
   * @param x where
   * @param mean μ
   * @param logVariance log σ²
   * @return nats, of the broadcast shape
   */
  public static Operand<TFloat32> log(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> mean, Operand<TFloat32> logVariance) {
    Operand<TFloat32> squares =
        tf.math.mul(tf.math.squaredDifference(x, mean), tf.math.exp(tf.math.neg(logVariance)));
    return tf.math.mul(
        tf.constant(-0.5f),
        tf.math.add(tf.math.add(tf.constant(LOG_TWO_PI), logVariance), squares));
  }
}
