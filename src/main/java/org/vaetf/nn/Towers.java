package org.vaetf.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
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
   * Cuts rows: part i of n holds the rows from {@code ⌊i·rows/n⌋} to {@code ⌊(i+1)·rows/n⌋}; there
   * are no empty parts.
   *
   * @param tf the graph
   * @param rows {@code [rows, ...]}, their number known while the graph is built, or one part
   * @return the parts in order, their rows not copied
   * @throws IllegalArgumentException if the number of rows is unknown and must be cut
   */
  public List<Operand<TFloat32>> split(Ops tf, Operand<TFloat32> rows) {
    if (count == 1) {
      return List.of(rows);
    }
    long total = rows.shape().get(0);
    if (total == Shape.UNKNOWN_SIZE) {
      throw new IllegalArgumentException("an unknown number of rows cannot be cut");
    }
    List<Operand<TFloat32>> parts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long from = i * total / count;
      long to = (i + 1) * total / count;
      if (from < to) {
        parts.add(tf.stridedSlice(rows, Indices.slice(from, to)));
      }
    }
    return parts;
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
   * Adds something once for each part, over the same weights.
   *
   * @param tf the graph
   * @param rows {@code [rows, ...]}
   * @param more what else is known of each row, {@code [rows, ...]}
   * @param part of the graph, a function of some rows and of what else is known of them
   * @param <T> what it gives
   * @return for each part, in order
   */
  public <T> List<T> each(
      Ops tf,
      Operand<TFloat32> rows,
      Optional<Operand<TFloat32>> more,
      BiFunction<Operand<TFloat32>, Optional<Operand<TFloat32>>, T> part) {
    List<Operand<TFloat32>> parts = split(tf, rows);
    List<Operand<TFloat32>> others = more.map(all -> split(tf, all)).orElse(List.of());
    return IntStream.range(0, parts.size())
        .mapToObj(i -> part.apply(parts.get(i), others.stream().skip(i).findFirst()))
        .toList();
  }
}
