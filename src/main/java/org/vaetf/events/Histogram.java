package org.vaetf.events;

/**
 * How many of some values lie in each of 30 intervals of one width, from the least to the greatest:
 * as TensorBoard's own histograms. Where all values are the same, all intervals are that value, and
 * the last one holds them. Values that are not finite are left out.
 */
final class Histogram {
  static final int BUCKETS = 30;

  private final double least;
  private final double greatest;
  private final long[] counts = new long[BUCKETS];

  private Histogram(float[] values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (float value : values) {
      if (Float.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    least = low <= high ? low : 0;
    greatest = low <= high ? high : 0;
    double width = (greatest - least) / BUCKETS;
    for (float value : values) {
      if (Float.isFinite(value)) {
        int bucket = width == 0 ? BUCKETS - 1 : (int) ((value - least) / width);
        counts[Math.min(BUCKETS - 1, bucket)]++;
      }
    }
  }

  /** The histogram of some values. */
  static Histogram of(float[] values) {
    return new Histogram(values);
  }

  /** Left edge, right edge and count of each interval, {@code [30, 3]} row after row. */
  double[] rows() {
    double[] rows = new double[3 * BUCKETS];
    for (int i = 0; i < BUCKETS; i++) {
      rows[3 * i] = edge(i);
      rows[3 * i + 1] = greatest == least ? least : edge(i + 1);
      rows[3 * i + 2] = counts[i];
    }
    return rows;
  }

  private double edge(int i) {
    return i == BUCKETS ? greatest : least + i * ((greatest - least) / BUCKETS);
  }
}
