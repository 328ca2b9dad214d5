package org.vaetf.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The mean over everything: draws, rows. */
final class BatchMean {
  private BatchMean() {}

  /** Any shape to {@code []}. */
  static Operand<TFloat32> of(Ops tf, Operand<TFloat32> values) {
    return tf.math.mean(tf.reshape(values, tf.constant(new int[] {-1})), tf.constant(0));
  }
}
