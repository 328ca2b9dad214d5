package org.vaetf.sampler;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;

/**
 * Where a mixture begins: k-means++ (Arthur and Vassilvitskii, 2007) spreads the means over the
 * rows, the first any of them, each next one a row with a probability in proportion to its squared
 * distance from the nearest mean so far. Weights are equal, covariances that of all rows.
 */
final class MixtureStart {
  private MixtureStart() {}

  /**
   * A first mixture.
   *
   * @param rows {@code [rows, latent]}
   * @param components how many
   * @param covariance of each, {@code [latent * latent]}
   * @param seed of the choice
   * @throws ConfigException if there are fewer different rows than components
   */
  static FullMixture of(Samples rows, int components, double[] covariance, Seed seed) {
    if (rows.rows() < components) {
      throw tooMany(components, rows.rows(), "latent points to learn from");
    }
    SplittableRandom random = seed.named("start").random(0);
    List<double[]> means = new ArrayList<>();
    double[] nearest = new double[rows.rows()];
    int chosen = random.nextInt(rows.rows());
    for (int k = 0; k < components; k++) {
      if (k > 0) {
        double sum = 0;
        for (double distance : nearest) {
          sum += distance;
        }
        if (!(sum > 0)) {
          throw tooMany(components, k, "different latent points");
        }
        chosen = at(nearest, random.nextDouble() * sum);
      }
      double[] mean = row(rows, chosen);
      means.add(mean);
      for (int i = 0; i < nearest.length; i++) {
        double distance = squaredDistance(rows, i, mean);
        nearest[i] = k == 0 ? distance : Math.min(nearest[i], distance);
      }
    }
    return FullMixture.of(
        Collections.nCopies(components, 1.0 / components),
        means,
        Collections.nCopies(components, covariance));
  }

  private static ConfigException tooMany(int components, int most, String what) {
    return new ConfigException(
        "components", components, "at most " + most + ", the number of " + what);
  }

  /** The first row at which the sum so far is above a number, of those that add to it. */
  private static int at(double[] parts, double number) {
    int last = 0;
    double sum = 0;
    for (int i = 0; i < parts.length; i++) {
      if (parts[i] > 0) {
        sum += parts[i];
        last = i;
        if (sum > number) {
          break;
        }
      }
    }
    return last;
  }

  private static double[] row(Samples rows, int row) {
    int latent = rows.shape().size();
    double[] values = new double[latent];
    for (int i = 0; i < latent; i++) {
      values[i] = rows.values()[row * latent + i];
    }
    return values;
  }

  private static double squaredDistance(Samples rows, int row, double[] point) {
    double sum = 0;
    for (int i = 0; i < point.length; i++) {
      double difference = rows.values()[row * point.length + i] - point[i];
      sum += difference * difference;
    }
    return sum;
  }
}
