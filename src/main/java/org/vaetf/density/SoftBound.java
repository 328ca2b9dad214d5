package org.vaetf.density;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Bounds that a number approaches smoothly. A log-variance that a network gives is a number of any
 * size; its exponential must stay one of single precision, and its gradient must not vanish at a
 * stroke.
 */
public final class SoftBound {
  private SoftBound() {}

  /**
   * {@code least + log(1 + exp(x − least))}: x itself well above the bound, the bound well below.
   *
   * @param tf the graph
   * @param x any shape
   * @param least the bound
   * @return the same shape; {@code least} itself only by rounding
   */
  public static Operand<TFloat32> below(Ops tf, Operand<TFloat32> x, float least) {
    Operand<TFloat32> bound = tf.constant(least);
    return tf.math.add(bound, tf.math.softplus(tf.math.sub(x, bound)));
  }

  /**
   * {@code most − log(1 + exp(most − x))}: x itself well below the bound, the bound well above.
   *
   * @param tf the graph
   * @param x any shape
   * @param most the bound
   * @return the same shape; {@code most} itself only by rounding
   */
  public static Operand<TFloat32> above(Ops tf, Operand<TFloat32> x, float most) {
    Operand<TFloat32> bound = tf.constant(most);
    return tf.math.sub(bound, tf.math.softplus(tf.math.sub(bound, x)));
  }
}
