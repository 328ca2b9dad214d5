package org.vaetf.eval;

import java.util.Arrays;

/** The density of a prior p(z). */
@FunctionalInterface
public interface LogPrior {

  /**
   * The log-density at some points.
   *
   * @param z {@code [points, latent]}
   * @return nats, {@code [points]}
   */
  double[] logDensity(double[][] z);

  /**
   * The standard normal, N(0, I): {@code −(latent · log 2π + Σ z²) / 2}.
   *
   * @return its density
   */
  static LogPrior standardNormal() {
    double logTwoPi = Math.log(2 * Math.PI);
    return points ->
        Arrays.stream(points)
            .mapToDouble(
                z ->
                    -(z.length * logTwoPi + Arrays.stream(z).map(value -> value * value).sum()) / 2)
            .toArray();
  }
}
