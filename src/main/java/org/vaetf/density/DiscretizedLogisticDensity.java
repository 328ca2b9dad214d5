package org.vaetf.density;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * The logistic distribution rounded to levels {@code 0, 1/(n−1), …, 1}: level x has the probability
 * of the bin {@code x ± h, h = 1/(2(n−1))}, and the two outermost bins are open. Kingma et al.,
 * arXiv 1606.04934; Salimans et al., "PixelCNN++", arXiv 1701.05517, equation 2.
 *
 * <p>With {@code a = (x + h − μ)/s}, {@code b = (x − h − μ)/s} and the sigmoid σ, {@code σ(a) −
 * σ(b) = σ(a) σ(−b) (1 − e^(b−a))}. The last factor depends on the width {@code w = 2h/s} alone, so
 * nothing cancels however far x lies from μ and however wide or narrow s makes the bin: {@code log
 * p = −softplus(−a) − softplus(b) + log w − w/2 + log(sinh(w/2) / (w/2))}.
 */
public final class DiscretizedLogisticDensity {
  private DiscretizedLogisticDensity() {}

  /**
   * The log-probability of levels, elementwise; the shapes broadcast.
   *
   * @param tf the graph
   * @param x levels over n − 1, from 0 to 1; what lies beyond counts to the outermost levels
   * @param mean μ
   * @param logScale log s, so that s and 1/s are finite
   * @param levels n, at least 2
   * @return nats, 0 or less, of the broadcast shape
   */
  public static Operand<TFloat32> log(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> mean, Operand<TFloat32> logScale, int levels) {
    float half = (float) (0.5 / (levels - 1));
    Operand<TFloat32> rate = tf.math.exp(tf.math.neg(logScale));
    Operand<TFloat32> centre = tf.math.mul(tf.math.sub(x, mean), rate);
    Operand<TFloat32> halfWidth = tf.math.mul(tf.constant(half), rate);
    Operand<TFloat32> logWidth = tf.math.sub(tf.constant((float) Math.log(2.0 * half)), logScale);

    Operand<TFloat32> below =
        tf.math.neg(tf.math.softplus(tf.math.neg(tf.math.add(centre, halfWidth))));
    Operand<TFloat32> above = tf.math.neg(tf.math.softplus(tf.math.sub(centre, halfWidth)));
    Operand<TFloat32> factor =
        tf.math.add(tf.math.sub(logWidth, halfWidth), LogSinhc.of(tf, halfWidth));
    Operand<TFloat32> inner = tf.math.add(tf.math.add(below, above), factor);

    Operand<TBool> isLeast = tf.math.less(x, tf.constant(half));
    Operand<TBool> isGreatest = tf.math.greater(x, tf.constant(1 - half));
    return tf.select(isLeast, below, tf.select(isGreatest, above, inner));
  }

  /**
   * The mean of the logistic distribution with what lies outside {@code [0, 1]} moved to the
   * nearest end: {@code ∫₀¹ σ((μ − t)/s) dt = s (softplus(μ/s) − softplus((μ − 1)/s))}. The mean
   * over the levels is that integral by the midpoint rule, so they differ by no more than h, and by
   * far less where s is wider than a bin.
   *
   * @param tf the graph
   * @param mean μ
   * @param logScale log s, so that s and 1/s are finite
   * @return from 0 to 1, of the broadcast shape
   */
  public static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> mean, Operand<TFloat32> logScale) {
    Operand<TFloat32> one = tf.constant(1f);
    // Of the two halves, which mirror each other, the lower: in the upper, large numbers cancel.
    Operand<TBool> isUpper = tf.math.greater(mean, tf.constant(0.5f));
    Operand<TFloat32> lower = tf.select(isUpper, tf.math.sub(one, mean), mean);
    Operand<TFloat32> rate = tf.math.exp(tf.math.neg(logScale));
    Operand<TFloat32> rise =
        tf.math.sub(
            tf.math.softplus(tf.math.mul(lower, rate)),
            tf.math.softplus(tf.math.mul(tf.math.sub(lower, one), rate)));
    Operand<TFloat32> clipped = tf.math.mul(tf.math.exp(logScale), rise);
    return tf.select(isUpper, tf.math.sub(one, clipped), clipped);
  }
}
