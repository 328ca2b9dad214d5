package org.vaetf.explore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the rows on the map say of a dimension.
 *
 * @param index from 0
 * @param klNats mean over the rows of {@code KL(N(μ, σ²) ‖ N(0, 1)) = ½ (μ² + σ² − 1 − log σ²)};
 *     null where the posterior is a point or there are no rows
 * @param variance of the means over the rows
 * @param least of the means, at most −3: where a slider begins
 * @param greatest of the means, at least 3: where it ends
 */
record LatentDimension(int index, Double klNats, double variance, double least, double greatest) {
  /** A standard normal has 99.7 % within it. */
  private static final double REACH = 3;

  /** Every dimension, most informative first. */
  static List<LatentDimension> of(EncodedRows rows, int latent) {
    List<LatentDimension> all = new ArrayList<>();
    IntStream.range(0, latent).forEach(i -> all.add(of(rows, latent, i)));
    all.sort(
        Comparator.comparingDouble(
                (LatentDimension one) -> one.klNats == null ? one.variance : one.klNats)
            .reversed());
    return all;
  }

  private static LatentDimension of(EncodedRows rows, int latent, int index) {
    double kl = 0;
    double sum = 0;
    double squares = 0;
    double least = -REACH;
    double greatest = REACH;
    for (int row = 0; row < rows.count(); row++) {
      double mean = rows.means()[row * latent + index];
      double logVariance = rows.logVariances()[row * latent + index];
      kl += (mean * mean + Math.exp(logVariance) - 1 - logVariance) / 2;
      sum += mean;
      squares += mean * mean;
      least = Math.min(least, mean);
      greatest = Math.max(greatest, mean);
    }
    int count = Math.max(1, rows.count());
    double average = sum / count;
    boolean known = rows.count() > 0 && Double.isFinite(kl);
    return new LatentDimension(
        index,
        known ? kl / count : null,
        Math.max(0, squares / count - average * average),
        least,
        greatest);
  }
}
