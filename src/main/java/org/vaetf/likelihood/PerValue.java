package org.vaetf.likelihood;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.RowShape;
import org.vaetf.nn.Columns;
import org.vaetf.nn.Flat;

/** What values that are independent given their parameters have in common. */
final class PerValue {
  private PerValue() {}

  /**
   * The parameters of each value.
   *
   * @param tf the graph
   * @param parameters {@code [batch, shape... * count]}, the last axis in {@code count} parts
   * @param shape of a row of x
   * @param count how many each value has
   * @return {@code [batch, shape...]} each
   */
  static List<Operand<TFloat32>> parameters(
      Ops tf, Operand<TFloat32> parameters, RowShape shape, int count) {
    List<Operand<TFloat32>> parts =
        count == 1 ? List.of(parameters) : Columns.parts(tf, parameters, count);
    // Of a row that is a single number, the decoder's last axis is no axis of x.
    return shape.rank() > 0
        ? parts
        : parts.stream()
            .<Operand<TFloat32>>map(part -> tf.reshape(part, tf.constant(new int[] {-1})))
            .toList();
  }

  /**
   * The sum over a row.
   *
   * @param tf the graph
   * @param values {@code [batch, shape...]}
   * @return {@code [batch]}
   */
  static Operand<TFloat32> sum(Ops tf, Operand<TFloat32> values) {
    return Columns.sum(tf, Flat.flatten(tf, values));
  }
}
