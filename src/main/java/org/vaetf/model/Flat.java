package org.vaetf.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.RowShape;

/** Between rows of any shape and flat rows. */
final class Flat {
  private Flat() {}

  /** {@code [batch, anything known]} to {@code [batch, its product]}. */
  static Operand<TFloat32> flatten(Ops tf, Operand<TFloat32> x) {
    long size = 1;
    for (int i = 1; i < x.shape().numDimensions(); i++) {
      size *= x.shape().get(i);
    }
    return tf.reshape(x, tf.constant(new long[] {-1, size}));
  }

  /** {@code [batch, size]} to {@code [batch, shape...]}. */
  static Operand<TFloat32> unflatten(Ops tf, Operand<TFloat32> x, RowShape shape) {
    long[] sizes = new long[shape.rank() + 1];
    sizes[0] = -1;
    for (int i = 0; i < shape.rank(); i++) {
      sizes[i + 1] = shape.dimensions().get(i);
    }
    return tf.reshape(x, tf.constant(sizes));
  }
}
