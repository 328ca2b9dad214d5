package org.vaetf.latent;

import java.util.List;
import java.util.function.BinaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Mean and log-variance of a posterior without closed forms, from 64 draws that are the same for
 * every row and every call: 32 and their opposites, scaled to a variance of 1 in each dimension. So
 * both are exact where z is a multiple of the noise, dimension by dimension, and nearly so for a
 * flow near the identity; the further from that, the nearer to σ/8 the standard error of a mean.
 *
 * @param mean {@code [batch, latent]}
 * @param logVariance {@code [batch, latent]}
 */
record EstimatedMoments(Operand<TFloat32> mean, Operand<TFloat32> logVariance) {
  private static final int PAIRS = 32;
  private static final long[] SEED = {0x6d6f6d656e7473L, 0};

  /**
   * Adds the estimate.
   *
   * @param parameters of the posterior, {@code [batch, parameters]}
   * @param latent dimensions of z
   * @param draw of parameters and standard normal noise, a row each, the points
   */
  static EstimatedMoments of(
      Ops tf, Operand<TFloat32> parameters, int latent, BinaryOperator<Operand<TFloat32>> draw) {
    int draws = 2 * PAIRS;
    Operand<TFloat32> drawn =
        tf.random.statelessRandomNormal(tf.constant(new int[] {PAIRS, latent}), tf.constant(SEED));
    Operand<TFloat32> half =
        tf.math.div(drawn, tf.math.sqrt(tf.math.mean(tf.math.square(drawn), tf.constant(0))));
    Operand<TFloat32> once = tf.concat(List.of(half, tf.math.neg(half)), tf.constant(0));
    Operand<TFloat32> rows =
        tf.zerosLike(
            tf.slice(parameters, tf.constant(new int[] {0, 0}), tf.constant(new int[] {-1, 1})));
    // A row's draws lie one after the other: [batch * draws, columns].
    Operand<TFloat32> noise =
        tf.reshape(
            tf.math.add(tf.expandDims(rows, tf.constant(1)), tf.expandDims(once, tf.constant(0))),
            tf.constant(new int[] {-1, latent}));
    int columns = (int) parameters.shape().get(1);
    Operand<TFloat32> repeated =
        tf.reshape(
            tf.tile(
                tf.expandDims(parameters, tf.constant(1)), tf.constant(new int[] {1, draws, 1})),
            tf.constant(new int[] {-1, columns}));
    Operand<TFloat32> z =
        tf.reshape(draw.apply(repeated, noise), tf.constant(new int[] {-1, draws, latent}));
    Operand<TFloat32> mean = tf.math.mean(z, tf.constant(1));
    Operand<TFloat32> squares = tf.math.squaredDifference(z, tf.expandDims(mean, tf.constant(1)));
    return new EstimatedMoments(mean, tf.math.log(tf.math.mean(squares, tf.constant(1))));
  }
}
