package org.vaetf.density;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * What Stirling's formula lacks: {@code δ(z) = log Γ(z) − (z − ½) log z + z − ½ log 2π}, a small
 * number that falls like 1/(12z). Densities of counts are differences of log Γ; written with δ, the
 * large parts cancel on paper instead of in single precision. Loader, "Fast and accurate
 * computation of binomial probabilities" (2000).
 */
final class StirlingError {
  /** From here on four terms of the series are exact to single precision. */
  private static final float LARGE = 4f;

  private static final float HALF_LOG_TWO_PI = (float) (0.5 * Math.log(2 * Math.PI));

  private StirlingError() {}

  /**
   * δ: {@code 1/(12z) − 1/(360z³) + 1/(1260z⁵) − 1/(1680z⁷)} from 4 on, below by its definition.
   *
   * @param tf the graph
   * @param z above 0
   * @return the same shape
   */
  static Operand<TFloat32> of(Ops tf, Operand<TFloat32> z) {
    Operand<TFloat32> limit = tf.constant(LARGE);
    return tf.select(
        tf.math.less(z, limit),
        definition(tf, tf.math.minimum(z, limit)),
        series(tf, tf.math.maximum(z, limit)));
  }

  private static Operand<TFloat32> definition(Ops tf, Operand<TFloat32> z) {
    Operand<TFloat32> leading =
        tf.math.sub(tf.math.mul(tf.math.sub(z, tf.constant(0.5f)), tf.math.log(z)), z);
    return tf.math.sub(tf.math.sub(tf.math.lgamma(z), leading), tf.constant(HALF_LOG_TWO_PI));
  }

  private static Operand<TFloat32> series(Ops tf, Operand<TFloat32> z) {
    Operand<TFloat32> inverse = tf.math.reciprocal(z);
    Operand<TFloat32> square = tf.math.square(inverse);
    Operand<TFloat32> sum = tf.constant((float) (-1 / 1680.0));
    for (double coefficient : new double[] {1 / 1260.0, -1 / 360.0, 1 / 12.0}) {
      sum = tf.math.add(tf.constant((float) coefficient), tf.math.mul(square, sum));
    }
    return tf.math.mul(inverse, sum);
  }

  /**
   * {@code x log x − x − log x!}, which is {@code −½ log 2πx − δ(x)}, and 0 for 0: what no
   * parameter has a part in.
   *
   * @param tf the graph
   * @param x whole numbers, 0 or more
   * @return nats, the same shape
   */
  static Operand<TFloat32> ofCounts(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> some = atLeastOne(tf, x);
    Operand<TFloat32> value =
        tf.math.neg(
            tf.math.add(
                tf.math.add(
                    tf.constant(HALF_LOG_TWO_PI),
                    tf.math.mul(tf.constant(0.5f), tf.math.log(some))),
                of(tf, some)));
    return tf.select(isSome(tf, x), value, tf.constant(0f));
  }

  /** Where a count is not 0. */
  static Operand<TBool> isSome(Ops tf, Operand<TFloat32> x) {
    return tf.math.greater(x, tf.constant(0f));
  }

  /** The count, or 1 for 0: what a logarithm can be taken of. */
  static Operand<TFloat32> atLeastOne(Ops tf, Operand<TFloat32> x) {
    return tf.math.maximum(x, tf.constant(1f));
  }
}
