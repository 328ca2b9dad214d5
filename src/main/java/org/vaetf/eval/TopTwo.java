package org.vaetf.eval;

import java.util.Arrays;

/** The largest of some numbers and the next one. */
final class TopTwo {
  private TopTwo() {}

  /** By how much the largest leads; a missing second one is 0. The numbers are at least 0. */
  static double gap(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int last = sorted.length - 1;
    return sorted[last] - (last > 0 ? sorted[last - 1] : 0);
  }
}
