package org.vaetf.data;

import java.util.List;
import org.vaetf.base.Json;

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
    this(new double[entries], new double[entries], 0);
  }

  private Moments(double[] mean, double[] squares, long count) {
    this.mean = mean;
    this.squares = squares;
    this.count = count;
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
    shift(n, batchMean);
  }

  /** Takes in the mean of more values, whose squares about it are in already. */
  private void shift(long n, double[] otherMean) {
    for (int i = 0; i < mean.length; i++) {
      double difference = otherMean[i] - mean[i];
      squares[i] += difference * difference * count * n / (count + n);
      mean[i] += difference * n / (count + n);
    }
    count += n;
  }

  /** What was added so far, to the bit. */
  String text() {
    return Json.write(new State(count, mean, squares));
  }

  /** What several have added, one after the other, from their texts. */
  static Moments merged(List<String> texts) {
    Moments merged = of(texts.get(0));
    for (Moments other : texts.stream().skip(1).map(Moments::of).toList()) {
      if (other.count > 0) {
        for (int i = 0; i < other.squares.length; i++) {
          merged.squares[i] += other.squares[i];
        }
        merged.shift(other.count, other.mean);
      }
    }
    return merged;
  }

  private static Moments of(String text) {
    State state = Json.read("moments", text, State.class);
    return new Moments(state.mean, state.squares, state.count);
  }

  @SuppressWarnings("ArrayRecordComponent") // Written and read, nothing else.
  private record State(long count, double[] mean, double[] squares) {}

  long count() {
    return count;
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
