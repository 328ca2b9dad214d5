package org.vaetf.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.density.LogSumExp;

/**
 * Importance-weighted bounds of the evidence, from the logarithms of weights: {@code m} groups of
 * {@code k} draws for each row. {@code L_k = log (1/k) Σ_i w_i}, the mean over groups: Burda et
 * al., arXiv 1509.00519, equation 8.
 *
 * @param tf the graph
 * @param groups m
 * @param draws k, of each group
 */
record Evidence(Ops tf, int groups, int draws) {

  /** {@code [groups * draws * batch]} to {@code [groups, draws, batch]}. */
  private Operand<TFloat32> grouped(Operand<TFloat32> logWeights) {
    return tf.reshape(logWeights, tf.constant(new int[] {groups, draws, -1}));
  }

  /** L_k, the mean over groups and rows, nats, {@code []}. */
  Operand<TFloat32> bound(Operand<TFloat32> logWeights) {
    Operand<TFloat32> sums = LogSumExp.over(tf, grouped(logWeights), 1);
    return BatchMean.of(tf, tf.math.sub(sums, tf.constant((float) Math.log(draws))));
  }

  /**
   * What each draw has of its group's weight, {@code w_i / Σ w}, held.
   *
   * @return {@code [groups * draws * batch]}
   */
  Operand<TFloat32> normalised(Operand<TFloat32> logWeights) {
    Operand<TFloat32> grouped = grouped(logWeights);
    Operand<TFloat32> sums = tf.expandDims(LogSumExp.over(tf, grouped, 1), tf.constant(1));
    return tf.stopGradient(
        tf.reshape(tf.math.exp(tf.math.sub(grouped, sums)), tf.constant(new int[] {-1})));
  }

  /**
   * The sum over the draws of a group, the mean over groups and rows.
   *
   * @param values {@code [groups * draws * batch]}
   * @return {@code []}
   */
  Operand<TFloat32> sum(Operand<TFloat32> values) {
    return tf.math.mul(tf.constant((float) draws), BatchMean.of(tf, values));
  }
}
