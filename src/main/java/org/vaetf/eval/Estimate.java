package org.vaetf.eval;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * A mean over rows and how well it is known.
 *
 * @param mean of the rows' values
 * @param standardError the standard deviation of the rows' values (with n − 1) over √n; NaN for a
 *     single row, and where a row's value is infinite
 */
public record Estimate(double mean, double standardError) {

  /** Of the values of so many rows. */
  static Estimate of(int rows, IntToDoubleFunction value) {
    Gatherer values = new Gatherer();
    for (int row = 0; row < rows; row++) {
      values.add(value.applyAsDouble(row));
    }
    return values.estimate();
  }

  /** Gathers values one by one: Welford, Technometrics 4 (1962). */
  static final class Gatherer {
    private long count;
    private double mean;
    private double squares;

    void add(double value) {
      count++;
      if (Double.isInfinite(mean) && (Double.isFinite(value) || value == mean)) {
        return; // Stays infinite, where the differences below would make it NaN.
      }
      double difference = value - mean;
      mean += difference / count;
      squares += difference * (value - mean);
    }

    Estimate estimate() {
      return new Estimate(mean, Math.sqrt(variance() / count));
    }

    /** With n − 1; NaN for a single value. */
    double variance() {
      return count > 1 ? squares / (count - 1) : Double.NaN;
    }

    /** Of the differences from the mean. */
    double squares() {
      return squares;
    }

    /** As many as there are columns. */
    static Gatherer[] columns(int count) {
      Gatherer[] columns = new Gatherer[count];
      Arrays.setAll(columns, i -> new Gatherer());
      return columns;
    }
  }
}
