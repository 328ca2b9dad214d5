package org.vaetf.nn;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** How many rows a batch has, which may not be known while the graph is built. */
public final class RowCount {
  private RowCount() {}

  /**
   * The number of rows.
   *
   * @param tf the graph
   * @param rows {@code [rows, ...]}
   * @return int32 {@code []}
   */
  public static Operand<TInt32> of(Ops tf, Operand<TFloat32> rows) {
    return tf.squeeze(
        tf.slice(tf.shape(rows), tf.constant(new int[] {0}), tf.constant(new int[] {1})));
  }
}
