package org.vaetf.nn;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.RowShape;

/** Between rows of any shape and flat rows. */
public final class Flat {
  private Flat() {}

  /**
   * One row of columns for each row.
   *
   * @param tf the graph
   * @param x {@code [batch, shape...]}, all but the batch known
   * @return {@code [batch, size]}
   */
  public static Operand<TFloat32> flatten(Ops tf, Operand<TFloat32> x) {
    long size = 1;
    for (int i = 1; i < x.shape().numDimensions(); i++) {
      size *= x.shape().get(i);
    }
    return tf.reshape(x, tf.constant(new long[] {-1, size}));
  }

  /**
   * The rows' shape again.
   *
   * @param tf the graph
   * @param x {@code [batch, size]}
   * @param shape of a row
   * @return {@code [batch, shape...]}
   */
  public static Operand<TFloat32> unflatten(Ops tf, Operand<TFloat32> x, RowShape shape) {
    long[] sizes = new long[shape.rank() + 1];
    sizes[0] = -1;
    for (int i = 0; i < shape.rank(); i++) {
      sizes[i + 1] = shape.dimensions().get(i);
    }
    return tf.reshape(x, tf.constant(sizes));
  }
}
