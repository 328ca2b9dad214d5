package org.vaetf.density;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.family.TNumber;

/** The logarithm of a sum of numbers that are given by their logarithms. */
public final class LogSumExp {
  private LogSumExp() {}

  /**
   * {@code log Σ exp(x)} along an axis, as {@code m + log Σ exp(x − m)} with m the greatest:
   * nothing overflows, and the greatest is kept to all its digits.
   *
   * @param tf the graph
   * @param x finite
   * @param axis from 0; goes
   * @param <T> the numbers
   * @return one axis fewer than {@code x}
   */
  public static <T extends TNumber> Operand<T> over(Ops tf, Operand<T> x, int axis) {
    Operand<T> greatest =
        tf.stopGradient(tf.reduceMax(x, tf.constant(axis), ReduceMax.keepDims(true)));
    Operand<T> sum = tf.reduceSum(tf.math.exp(tf.math.sub(x, greatest)), tf.constant(axis));
    return tf.math.add(tf.math.log(sum), tf.squeeze(greatest, Squeeze.axis(List.of((long) axis))));
  }
}
