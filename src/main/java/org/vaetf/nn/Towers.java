package org.vaetf.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.vaetf.base.Check;

/**
 * The rows of a batch cut into parts of nearly equal size that a processor computes side by side,
 * each operation in one thread. That is faster than to share every operation among the threads, and
 * sums are formed in an order that the number of threads has no part in.
 *
 * @param count how many parts, at least 1
 */
public record Towers(int count) {

  /**
   * Checks the number.
   *
   * @param count how many parts, at least 1
   * @throws org.vaetf.base.ConfigException if it is below 1
   */
  public Towers {
    Check.atLeast("towers", count, 1);
  }

  /**
   * The batch as a whole.
   *
   * @return one part
   */
  public static Towers one() {
    return new Towers(1);
  }

  /**
   * Cuts rows: part i of n holds the rows from {@code ⌊i·rows/n⌋} to {@code ⌊(i+1)·rows/n⌋}. A part
   * may be empty.
   *
   * @param tf the graph
   * @param rows {@code [rows, ...]}
   * @return the parts in order, their rows not copied
   */
  public List<Operand<TFloat32>> split(Ops tf, Operand<TFloat32> rows) {
    if (count == 1) {
      return List.of(rows);
    }
    Operand<TInt32> total = tf.shape.size(rows, tf.constant(0));
    List<Operand<TFloat32>> parts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      parts.add(
          tf.stridedSlice(
              rows, cut(tf, total, i), cut(tf, total, i + 1), tf.constant(new int[] {1})));
    }
    return parts;
  }

  /** Where a part begins, {@code [1]}. */
  private Operand<TInt32> cut(Ops tf, Operand<TInt32> total, int part) {
    return tf.math.floorDiv(tf.math.mul(total, tf.constant(new int[] {part})), tf.constant(count));
  }

  /**
   * Puts parts together again.
   *
   * @param tf the graph
   * @param parts in order, {@code [rows of the part, ...]}
   * @return {@code [rows, ...]}
   */
  public Operand<TFloat32> join(Ops tf, List<Operand<TFloat32>> parts) {
    return parts.size() == 1 ? parts.get(0) : tf.concat(parts, tf.constant(0));
  }

  /**
   * Adds a network once for each part, over the same weights.
   *
   * @param tf the graph
   * @param rows {@code [rows, ...]}
   * @param network a function of each row by itself
   * @return what it gives for all rows
   */
  public Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> rows, UnaryOperator<Operand<TFloat32>> network) {
    return join(tf, split(tf, rows).stream().map(network).toList());
  }
}
