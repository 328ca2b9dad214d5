package org.vaetf.nn;

import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The last axis of a table: its sum, its parts, and more beside it. */
public final class Columns {
  private Columns() {}

  /**
   * The sum over the columns.
   *
   * @param tf the graph
   * @param table {@code [rows, columns]}
   * @return {@code [rows]}
   */
  public static Operand<TFloat32> sum(Ops tf, Operand<TFloat32> table) {
    return tf.reduceSum(table, tf.constant(1));
  }

  /**
   * A table and, where there is one, another to its right.
   *
   * @param tf the graph
   * @param table {@code [rows, columns]}
   * @param more {@code [rows, further columns]}
   * @return {@code [rows, columns + further columns]}, or the table itself
   */
  public static Operand<TFloat32> beside(
      Ops tf, Operand<TFloat32> table, Optional<Operand<TFloat32>> more) {
    return more.<Operand<TFloat32>>map(
            columns -> tf.concat(List.of(table, columns), tf.constant(1)))
        .orElse(table);
  }

  /**
   * Parts of equal width.
   *
   * @param tf the graph
   * @param all {@code [..., parts * n]}
   * @param parts how many
   * @return {@code [..., n]} each, in order
   */
  public static List<Operand<TFloat32>> parts(Ops tf, Operand<TFloat32> all, int parts) {
    if (parts == 1) {
      return List.of(all); // The gradient of a split in one part is a concatenation that fails.
    }
    int lastAxis = all.shape().numDimensions() - 1;
    return List.copyOf(tf.split(tf.constant(lastAxis), all, (long) parts).output());
  }

  /**
   * Parts of given widths, which may be 0.
   *
   * @param tf the graph
   * @param table {@code [rows, columns]}
   * @param widths that sum to the number of columns
   * @return {@code [rows, width]} each, in order
   */
  public static List<Operand<TFloat32>> widths(Ops tf, Operand<TFloat32> table, int... widths) {
    if (widths.length == 1) {
      return List.of(table);
    }
    return List.copyOf(
        tf.splitV(table, tf.constant(widths), tf.constant(1), (long) widths.length).output());
  }
}
