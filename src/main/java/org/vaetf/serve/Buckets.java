package org.vaetf.serve;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.DoubleAdder;

/** How often a value was at most each of some bounds. */
final class Buckets {
  private final double[] bounds;
  private final AtomicLongArray counts;
  private final DoubleAdder sum = new DoubleAdder();

  /**
   * Nothing yet.
   *
   * @param bounds in rising order; one without bound follows
   */
  Buckets(double... bounds) {
    this.bounds = bounds;
    this.counts = new AtomicLongArray(bounds.length + 1);
  }

  void add(double value) {
    int i = 0;
    while (i < bounds.length && value > bounds[i]) {
      i++;
    }
    counts.incrementAndGet(i);
    sum.add(value);
  }

  /** Appends the lines of a histogram; the label is as in {@code signature="encode"}. */
  void write(String name, String label, StringBuilder out) {
    long below = 0;
    for (int i = 0; i <= bounds.length; i++) {
      below += counts.get(i);
      String bound = i < bounds.length ? number(bounds[i]) : "+Inf";
      out.append(name).append("_bucket{").append(label).append(",le=\"").append(bound);
      out.append("\"} ").append(below).append('\n');
    }
    out.append(name).append("_sum{").append(label).append("} ").append(sum.sum()).append('\n');
    out.append(name).append("_count{").append(label).append("} ").append(below).append('\n');
  }

  private static String number(double bound) {
    return bound == Math.rint(bound)
        ? String.format(Locale.ROOT, "%.0f", bound)
        : Double.toString(bound);
  }
}
