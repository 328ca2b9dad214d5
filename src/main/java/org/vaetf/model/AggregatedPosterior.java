package org.vaetf.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.vaetf.density.LogSumExp;
import org.vaetf.density.NormalDensity;
import org.vaetf.latent.Posterior;
import org.vaetf.nn.RowCount;

/**
 * The density of the draws of a batch under {@code q(z) = (1/N) Σ_n q(z|x_n)}, of which the batch
 * shows B of the N terms: {@code log q(z_i) ≈ log Σ_j w_ij q(z_i|x_j)}. Chen et al., arXiv
 * 1802.04942, appendix C. Minibatch-weighted: {@code w_ij = 1 / (N B)}. Minibatch-stratified, with
 * M = B − 1: {@code w_ii = 1 / N}, one other row {@code (N − M) / (N M)}, all else {@code 1 / M}.
 *
 * @param logDensity log q(z), nats, {@code [batch]}
 * @param logProductOfMarginals Σ_j log q(z_j), nats, {@code [batch]}
 */
record AggregatedPosterior(Operand<TFloat32> logDensity, Operand<TFloat32> logProductOfMarginals) {

  static AggregatedPosterior of(
      Ops tf,
      Operand<TFloat32> z,
      Posterior.Conditional posterior,
      long rows,
      TotalCorrelation.Estimator estimator) {
    Operand<TInt32> first = tf.constant(0);
    Operand<TInt32> second = tf.constant(1);
    // [draws, rows, latent]: draw i under the posterior of row j.
    Operand<TFloat32> each =
        NormalDensity.log(
            tf,
            tf.expandDims(z, second),
            tf.expandDims(posterior.mean(), first),
            tf.expandDims(posterior.logVariance(), first));
    Operand<TFloat32> logWeights =
        switch (estimator) {
          case MINIBATCH_WEIGHTED -> weighted(tf, RowCount.of(tf, z), rows);
          case MINIBATCH_STRATIFIED -> stratified(tf, RowCount.of(tf, z), rows);
        };
    return new AggregatedPosterior(
        LogSumExp.over(tf, tf.math.add(tf.reduceSum(each, tf.constant(2)), logWeights), 1),
        tf.reduceSum(
            LogSumExp.over(tf, tf.math.add(each, tf.expandDims(logWeights, tf.constant(2))), 1),
            second));
  }

  /** {@code −log N B}, {@code [1, 1]}. */
  private static Operand<TFloat32> weighted(Ops tf, Operand<TInt32> batch, long rows) {
    Operand<TFloat32> size = tf.dtypes.cast(batch, TFloat32.class);
    return tf.reshape(
        tf.math.neg(tf.math.log(tf.math.mul(size, tf.constant((float) rows)))),
        tf.constant(new int[] {1, 1}));
  }

  /** {@code [batch, batch]}; a batch of one row counts as having one other. */
  private static Operand<TFloat32> stratified(Ops tf, Operand<TInt32> batch, long rows) {
    Operand<TInt32> row = tf.range(tf.constant(0), batch, tf.constant(1));
    Operand<TInt32> column = tf.expandDims(row, tf.constant(0));
    Operand<TInt32> next = tf.math.floorMod(tf.math.add(row, tf.constant(1)), batch);
    Operand<TBool> own = tf.math.equal(tf.expandDims(row, tf.constant(1)), column);
    Operand<TBool> other = tf.math.equal(tf.expandDims(next, tf.constant(1)), column);
    Operand<TFloat32> others =
        tf.math.maximum(
            tf.dtypes.cast(tf.math.sub(batch, tf.constant(1)), TFloat32.class), tf.constant(1f));
    Operand<TFloat32> all = tf.constant((float) rows);
    // A test part may be judged in batches of more rows than there are to learn from.
    Operand<TFloat32> unseen = tf.math.maximum(tf.math.sub(all, others), tf.constant(1f));
    Operand<TFloat32> logRest = tf.math.log(tf.math.div(unseen, tf.math.mul(all, others)));
    return tf.select(
        own,
        tf.constant((float) -Math.log((double) rows)),
        tf.select(other, logRest, tf.math.neg(tf.math.log(others))));
  }
}
