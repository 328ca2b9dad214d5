package org.vaetf.nn;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.vaetf.base.Check;

/**
 * The part of a batch that one of several processes has. Its noise is its part of the batch's.
 *
 * @param first how many rows of the batch others have before it
 * @param rows how many it has, at least 1
 * @param total how many the batch has
 */
public record BatchShare(int first, int rows, int total) {

  /**
   * Checks the numbers.
   *
   * @param first how many rows of the batch others have before it
   * @param rows how many it has, at least 1
   * @param total how many the batch has
   * @throws org.vaetf.base.ConfigException if the part is empty or not within the batch
   */
  public BatchShare {
    Check.atLeast("first row", first, 0);
    Check.atLeast("rows", rows, 1);
    Check.atLeast("total", total, first + rows);
  }

  /**
   * How many rows the batch has for some of this part's.
   *
   * @param tf the graph
   * @param own int32 {@code []}, this part once or several times over
   * @return int32 {@code []}, the batch as many times over
   */
  public Operand<TInt32> whole(Ops tf, Operand<TInt32> own) {
    return tf.math.mul(tf.math.div(own, tf.constant(rows)), tf.constant(total));
  }

  /**
   * This part of rows of the batch.
   *
   * @param tf the graph
   * @param all {@code [times * total, columns]}, the batch several times over
   * @param columns known
   * @return {@code [times * rows, columns]}
   */
  public Operand<TFloat32> of(Ops tf, Operand<TFloat32> all, int columns) {
    Operand<TFloat32> batches = tf.reshape(all, tf.constant(new int[] {-1, total, columns}));
    Operand<TFloat32> part =
        tf.slice(
            batches,
            tf.constant(new int[] {0, first, 0}),
            tf.constant(new int[] {-1, rows, columns}));
    return tf.reshape(part, tf.constant(new int[] {-1, columns}));
  }
}
