package org.vaetf.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A number of one value whose gradient is that of another: {@code v + (s − s)}, the v and one s
 * held.
 */
final class Slope {
  private Slope() {}

  /**
   * Joins the two.
   *
   * @param value what is reported
   * @param slope what is differentiated, of the same shape
   */
  static Operand<TFloat32> of(Ops tf, Operand<TFloat32> value, Operand<TFloat32> slope) {
    return tf.math.add(tf.stopGradient(value), tf.math.sub(slope, tf.stopGradient(slope)));
  }
}
