package org.vaetf.density;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * {@code log(sinh t / t)}, which normalises an exponential slope over an interval: {@code ∫ e^(ux)
 * dx} over {@code |x| ≤ ½} is {@code sinh(u/2) / (u/2)}. Below {@code |t| = ½} by the Taylor
 * series, which is exact there to single precision; the closed form divides 0 by 0 at 0. Each form
 * sees only arguments at which its value and its gradient are finite, whichever is taken.
 */
public final class LogSinhc {
  private static final float SMALL = 0.5f;

  private LogSinhc() {}

  /**
   * {@code log(sinh t / t)}: {@code t²/6 − t⁴/180 + t⁶/2835 − t⁸/37800}, or {@code |t| − log 2|t| +
   * log(1 − exp(−2|t|))}.
   *
   * @param tf the graph
   * @param t any shape
   * @return the same shape, 0 or more
   */
  public static Operand<TFloat32> of(Ops tf, Operand<TFloat32> t) {
    Operand<TFloat32> series =
        tf.math.mul(
            smallSquare(tf, t), horner(tf, t, 1 / 6.0, -1 / 180.0, 1 / 2835.0, -1 / 37800.0));
    Operand<TFloat32> size = tf.math.maximum(tf.math.abs(t), tf.constant(SMALL));
    Operand<TFloat32> twice = tf.math.mul(size, tf.constant(2f));
    Operand<TFloat32> rest = tf.math.log1p(tf.math.neg(tf.math.exp(tf.math.neg(twice))));
    Operand<TFloat32> closed = tf.math.add(tf.math.sub(size, tf.math.log(twice)), rest);
    return tf.select(isSmall(tf, t), series, closed);
  }

  /**
   * Its derivative, the Langevin function {@code coth t − 1/t}: {@code t/3 − t³/45 + 2t⁵/945 −
   * t⁷/4725} near 0.
   *
   * @param tf the graph
   * @param t any shape
   * @return the same shape, between −1 and 1
   */
  public static Operand<TFloat32> slope(Ops tf, Operand<TFloat32> t) {
    Operand<TBool> small = isSmall(tf, t);
    Operand<TFloat32> series =
        tf.math.mul(t, horner(tf, t, 1 / 3.0, -1 / 45.0, 2 / 945.0, -1 / 4725.0));
    Operand<TFloat32> large = tf.select(small, tf.constant(1f), t);
    Operand<TFloat32> closed =
        tf.math.sub(tf.math.reciprocal(tf.math.tanh(large)), tf.math.reciprocal(large));
    return tf.select(small, series, closed);
  }

  private static Operand<TBool> isSmall(Ops tf, Operand<TFloat32> t) {
    return tf.math.less(tf.math.abs(t), tf.constant(SMALL));
  }

  private static Operand<TFloat32> smallSquare(Ops tf, Operand<TFloat32> t) {
    return tf.math.minimum(tf.math.square(t), tf.constant(SMALL * SMALL));
  }

  /** {@code c₀ + c₁ t² + c₂ t⁴ + …} */
  private static Operand<TFloat32> horner(Ops tf, Operand<TFloat32> t, double... coefficients) {
    Operand<TFloat32> square = smallSquare(tf, t);
    Operand<TFloat32> sum = tf.constant((float) coefficients[coefficients.length - 1]);
    for (int i = coefficients.length - 2; i >= 0; i--) {
      sum = tf.math.add(tf.constant((float) coefficients[i]), tf.math.mul(square, sum));
    }
    return sum;
  }
}
