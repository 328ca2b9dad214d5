package org.vaetf.data;

/**
 * Mean and variance of each entry of a row's last axis, in one pass: each batch in two passes of
 * its own, batches merged after Chan, Golub and LeVeque (1983), "Algorithms for computing the
 * sample variance", equation 2.1. Nothing cancels, however large the mean.
 */
final class Moments {
  private final double[] mean;
  private final double[] squares;
  private long count;

  Moments(int entries) {
    this.mean = new double[entries];
    this.squares = new double[entries];
  }

  /** Adds values, {@code [n * entries]}. */
  void add(float[] values) {
    int entries = mean.length;
    long n = values.length / entries;
    if (n == 0) {
      return;
    }
    double[] batchMean = new double[entries];
    for (int at = 0; at < values.length; at += entries) {
      for (int i = 0; i < entries; i++) {
        batchMean[i] += values[at + i];
      }
    }
    for (int i = 0; i < entries; i++) {
      batchMean[i] /= n;
    }
    for (int at = 0; at < values.length; at += entries) {
      for (int i = 0; i < entries; i++) {
        double difference = values[at + i] - batchMean[i];
        squares[i] += difference * difference;
      }
    }
    for (int i = 0; i < entries; i++) {
      double difference = batchMean[i] - mean[i];
      squares[i] += difference * difference * count * n / (count + n);
      mean[i] += difference * n / (count + n);
    }
    count += n;
  }

  float[] mean() {
    float[] result = new float[mean.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) mean[i];
    }
    return result;
  }

  /** The standard deviation, dividing by the count; 1 for an entry that never changes. */
  float[] deviationOrOne() {
    float[] result = new float[mean.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) Math.sqrt(squares[i] / count);
      // What rounding leaves of a constant is far below one part in 2^24 of it.
      boolean constant = result[i] <= Math.abs(mean[i]) * 1e-9 || result[i] < Float.MIN_NORMAL;
      result[i] = constant ? 1 : result[i];
    }
    return result;
  }
}
