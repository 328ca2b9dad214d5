package org.vaetf.nn;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
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

  /**
   * All numbers of some tensors in one row.
   *
   * @param tf the graph
   * @param tensors at least one, of any shapes
   * @return {@code [sizes together]}, one tensor after the other, each in C order
   */
  public static Operand<TFloat32> row(Ops tf, List<Operand<TFloat32>> tensors) {
    List<Operand<TFloat32>> rows =
        tensors.stream()
            .<Operand<TFloat32>>map(tensor -> tf.reshape(tensor, tf.constant(new int[] {-1})))
            .toList();
    return rows.size() == 1 ? rows.get(0) : tf.concat(rows, tf.constant(0));
  }

  /**
   * What {@link #row} has put together.
   *
   * @param tf the graph
   * @param row {@code [sizes together]}
   * @param shapes fully known
   * @return a tensor of each shape
   */
  public static List<Operand<TFloat32>> parts(Ops tf, Operand<TFloat32> row, List<Shape> shapes) {
    List<Operand<TFloat32>> parts = new ArrayList<>();
    long at = 0;
    for (Shape shape : shapes) {
      Operand<TFloat32> part =
          tf.slice(row, tf.constant(new long[] {at}), tf.constant(new long[] {shape.size()}));
      parts.add(tf.reshape(part, tf.constant(shape.asArray())));
      at += shape.size();
    }
    return parts;
  }
}
