package org.vaetf.eval;

import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Samples;

/**
 * Mean and covariance of features: the Gaussian that a {@link FrechetDistance} takes them for.
 *
 * @param mean {@code [features]}; not to be written to
 * @param covariance {@code [features, features]}, row after row, symmetric; not to be written to
 */
@SuppressWarnings("ArrayRecordComponent") // Numbers for linear algebra.
public record FeatureMoments(double[] mean, double[] covariance) {

  /**
   * Checks that they go together.
   *
   * @param mean {@code [features]}; not to be written to
   * @param covariance {@code [features, features]}, row after row, symmetric; not to be written to
   * @throws ConfigException if there are no features, or the covariance is of another size
   */
  public FeatureMoments {
    Check.atLeast("number of features", mean.length, 1);
    if (covariance.length != (long) mean.length * mean.length) {
      throw new ConfigException(
          "number of covariances",
          covariance.length,
          mean.length + " × " + mean.length + ", as there are as many features");
    }
  }

  /**
   * Those of a sample: the covariance is {@code Σ (x − mean)(x − mean)ᵀ / (n − 1)}, computed in two
   * passes in double precision.
   *
   * @param features {@code [n, features]}, n at least 2
   * @return mean and covariance
   * @throws ConfigException if there are fewer than two rows
   */
  public static FeatureMoments of(Samples features) {
    int rows = Check.atLeast("rows to find a covariance of", features.rows(), 2);
    int size = features.shape().size();
    double[] mean = mean(features.values(), rows, size);
    double[] covariance = new double[Math.multiplyExact(size, size)];
    double[] difference = new double[size];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < size; i++) {
        difference[i] = features.values()[row * size + i] - mean[i];
      }
      for (int i = 0; i < size; i++) {
        for (int j = i; j < size; j++) {
          covariance[i * size + j] += difference[i] * difference[j];
        }
      }
    }
    for (int i = 0; i < size; i++) {
      for (int j = i; j < size; j++) {
        covariance[i * size + j] /= rows - 1;
        covariance[j * size + i] = covariance[i * size + j];
      }
    }
    return new FeatureMoments(mean, covariance);
  }

  private static double[] mean(float[] values, int rows, int size) {
    double[] mean = new double[size];
    for (int at = 0; at < values.length; at += size) {
      for (int i = 0; i < size; i++) {
        mean[i] += values[at + i];
      }
    }
    for (int i = 0; i < size; i++) {
      mean[i] /= rows;
    }
    return mean;
  }
}
