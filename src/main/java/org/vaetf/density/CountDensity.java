package org.vaetf.density;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Probabilities of counts. The textbook formulas are differences of numbers near {@code x log x},
 * of which single precision leaves little for large counts. Here they are written with the
 * logarithm {@code u = log(x/μ)} of how far off the mean is, small where the mean is good, and with
 * Stirling's error; the error is then near 1e-7 of {@code |x − μ|}.
 */
public final class CountDensity {
  private CountDensity() {}

  /**
   * The Poisson distribution, {@code x log μ − μ − log x!} = {@code −x (u + e^(−u) − 1)} and what
   * depends on x alone; elementwise, the shapes broadcast.
   *
   * @param tf the graph
   * @param x whole numbers, 0 or more
   * @param logMean log μ, below 80
   * @return nats, 0 or less, of the broadcast shape
   */
  public static Operand<TFloat32> poisson(Ops tf, Operand<TFloat32> x, Operand<TFloat32> logMean) {
    Operand<TFloat32> some = StirlingError.atLeastOne(tf, x);
    Operand<TFloat32> u = tf.math.sub(tf.math.log(some), logMean);
    Operand<TFloat32> deviance =
        tf.select(
            StirlingError.isSome(tf, x),
            tf.math.mul(some, tf.math.add(u, tf.math.expm1(tf.math.neg(u)))),
            tf.math.exp(logMean));
    return tf.math.sub(StirlingError.ofCounts(tf, x), deviance);
  }

  /**
   * The negative binomial distribution of mean μ and variance {@code μ + μ²/r}: {@code log Γ(x+r) −
   * log Γ(r) − log x! + r log(r/(μ+r)) + x log(μ/(μ+r))}; elementwise, the shapes broadcast. With
   * {@code v = log((x+r)/(μ+r))} and Stirling's error δ that is {@code −x (u − v) + r v − ½ log(1 +
   * x/r) + δ(x+r) − δ(r)} and what depends on x alone. As r grows it becomes the Poisson
   * distribution, in single precision too.
   *
   * @param tf the graph
   * @param x whole numbers, 0 or more
   * @param logMean log μ, below 80
   * @param logR log r, between −80 and 80
   * @return nats, 0 or less, of the broadcast shape
   */
  public static Operand<TFloat32> negativeBinomial(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> logMean, Operand<TFloat32> logR) {
    Operand<TFloat32> r = tf.math.exp(logR);
    Operand<TFloat32> some = StirlingError.atLeastOne(tf, x);
    Operand<TFloat32> u = tf.math.sub(tf.math.log(some), logMean);
    Operand<TFloat32> total = tf.math.add(x, r);
    Operand<TFloat32> deviance =
        tf.math.sub(
            tf.math.mul(x, excess(tf, u, some, logR)),
            tf.math.mul(r, ratio(tf, x, u, some, logMean, r)));
    Operand<TFloat32> correction =
        tf.math.sub(
            tf.math.sub(StirlingError.of(tf, total), StirlingError.of(tf, r)),
            tf.math.mul(tf.constant(0.5f), tf.math.log1p(tf.math.div(x, r))));
    return tf.math.add(tf.math.sub(correction, deviance), StirlingError.ofCounts(tf, x));
  }

  /**
   * {@code u − v = log(1 + r (e^u − 1) / (x + r))}; beyond u = 20, where the exponential might
   * overflow, 1 is nothing beside it.
   */
  private static Operand<TFloat32> excess(
      Ops tf, Operand<TFloat32> u, Operand<TFloat32> x, Operand<TFloat32> logR) {
    Operand<TFloat32> far = tf.constant(20f);
    Operand<TFloat32> r = tf.math.exp(logR);
    Operand<TFloat32> total = tf.math.add(x, r);
    Operand<TFloat32> near =
        tf.math.log1p(tf.math.mul(tf.math.div(r, total), tf.math.expm1(tf.math.minimum(u, far))));
    Operand<TFloat32> beyond =
        tf.math.softplus(
            tf.math.add(tf.math.maximum(u, far), tf.math.sub(logR, tf.math.log(total))));
    return tf.select(tf.math.less(u, far), near, beyond);
  }

  /** {@code v = log((x + r)/(μ + r))}, near 0 by the difference of the two. */
  private static Operand<TFloat32> ratio(
      Ops tf,
      Operand<TFloat32> x,
      Operand<TFloat32> u,
      Operand<TFloat32> some,
      Operand<TFloat32> logMean,
      Operand<TFloat32> r) {
    Operand<TFloat32> mean = tf.math.exp(logMean);
    Operand<TFloat32> difference =
        tf.select(
            StirlingError.isSome(tf, x),
            tf.math.mul(tf.math.neg(some), tf.math.expm1(tf.math.neg(u))),
            tf.math.neg(mean));
    Operand<TFloat32> expected = tf.math.add(mean, r);
    Operand<TFloat32> relative = tf.math.div(difference, expected);
    Operand<TFloat32> half = tf.constant(0.5f);
    Operand<TFloat32> near =
        tf.math.log1p(tf.math.maximum(tf.math.minimum(relative, half), tf.math.neg(half)));
    Operand<TFloat32> apart = tf.math.sub(tf.math.log(tf.math.add(x, r)), tf.math.log(expected));
    return tf.select(tf.math.less(tf.math.abs(relative), half), near, apart);
  }
}
