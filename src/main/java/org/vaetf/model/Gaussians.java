package org.vaetf.model;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The normal density, shared by posterior, prior and likelihood. */
final class Gaussians {
  private static final float LOG_TWO_PI = (float) Math.log(2 * Math.PI);

  private Gaussians() {}

  /**
   * {@code −(log 2π + log σ² + (x − μ)² / σ²) / 2} in nats, elementwise; the variance may
   * broadcast.
   */
  static Operand<TFloat32> logDensity(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> mean, Operand<TFloat32> logVariance) {
    Operand<TFloat32> squares =
        tf.math.mul(tf.math.squaredDifference(x, mean), tf.math.exp(tf.math.neg(logVariance)));
    return tf.math.mul(
        tf.constant(-0.5f),
        tf.math.add(tf.math.add(tf.constant(LOG_TWO_PI), logVariance), squares));
  }

  /** {@code [batch, columns]} to {@code [batch]}. */
  static Operand<TFloat32> sumOverColumns(Ops tf, Operand<TFloat32> table) {
    return tf.reduceSum(table, tf.constant(1));
  }

  /** The first and the second half of the columns of {@code [..., 2 n]}. */
  static List<Operand<TFloat32>> halves(Ops tf, Operand<TFloat32> both) {
    int lastAxis = both.shape().numDimensions() - 1;
    return List.copyOf(tf.split(tf.constant(lastAxis), both, 2L).output());
  }
}
