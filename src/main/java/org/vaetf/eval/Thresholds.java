package org.vaetf.eval;

import java.util.Arrays;

/** The best that thresholds on one number can tell of a class. */
final class Thresholds {
  private Thresholds() {}

  /**
   * The largest balanced accuracy of {@code classes − 1} thresholds with a class for each interval,
   * by dynamic programming over the sorted values.
   *
   * @param values {@code [rows]}; equal ones lie in one interval
   * @param labels {@code [rows]}, 0 up to {@code classes}
   * @param classes that there may be; those without a row do not count
   * @return above 0, up to 1
   */
  static double balancedAccuracy(double[] values, int[] labels, int classes) {
    double[] weights = weights(labels, classes);
    int[] order = SortedColumns.order(values.length, row -> values[row]);
    // best[i][c]: of the values so far, where c is the class of interval i, the last one so far.
    double[][] best = new double[classes][classes];
    for (int from = 0, to; from < order.length; from = to) {
      to = from + 1;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      startIntervals(best);
      for (int i = from; i < to; i++) {
        int label = labels[order[i]];
        for (double[] interval : best) {
          interval[label] += weights[label];
        }
      }
    }
    return Arrays.stream(best).flatMapToDouble(Arrays::stream).max().orElseThrow();
  }

  /** Before a value an interval may begin: after the one before it, whatever that one's class. */
  private static void startIntervals(double[][] best) {
    for (int i = best.length - 1; i > 0; i--) {
      double before = Arrays.stream(best[i - 1]).max().orElseThrow();
      for (int c = 0; c < best[i].length; c++) {
        best[i][c] = Math.max(best[i][c], before);
      }
    }
  }

  /** What a row that is told right adds: one part in the rows of its class, and in the classes. */
  private static double[] weights(int[] labels, int classes) {
    int[] counts = new int[classes];
    for (int label : labels) {
      counts[label]++;
    }
    long present = Arrays.stream(counts).filter(count -> count > 0).count();
    return Arrays.stream(counts)
        .mapToDouble(count -> count > 0 ? 1.0 / count / present : 0)
        .toArray();
  }
}
