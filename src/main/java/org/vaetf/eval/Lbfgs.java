package org.vaetf.eval;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Minimises a smooth, strictly convex function: limited-memory BFGS (Nocedal and Wright, "Numerical
 * Optimization", 2006, algorithm 7.5) with steps that are halved until they descend enough.
 */
final class Lbfgs {
  private static final int MEMORY = 10;
  private static final int MOST_STEPS = 1000;
  private static final double SUFFICIENT = 1e-4;
  private static final double SHORTEST_STEP = 1e-20;

  private Lbfgs() {}

  /** A function of many numbers. */
  @FunctionalInterface
  interface Function {

    /** The value at a point; writes the gradient. */
    double value(double[] at, double[] gradient);
  }

  @SuppressWarnings("ArrayRecordComponent") // Private to the minimiser.
  private record Pair(double[] step, double[] change, double product) {}

  /**
   * Goes on until no component of the gradient is larger than the tolerance, or rounding stops it.
   */
  static double[] minimise(Function function, double[] start, double tolerance) {
    double[] at = start.clone();
    double[] gradient = new double[at.length];
    double value = function.value(at, gradient);
    Deque<Pair> pairs = new ArrayDeque<>();
    for (int i = 0; i < MOST_STEPS && largest(gradient) > tolerance; i++) {
      double[] direction = direction(gradient, pairs);
      double slope = dot(direction, gradient);
      double length = pairs.isEmpty() ? 1 / Math.max(1, Math.sqrt(-slope)) : 1;
      double[] next = new double[at.length];
      double[] nextGradient = new double[at.length];
      double nextValue = step(function, at, direction, length, next, nextGradient);
      while (!(nextValue <= value + SUFFICIENT * length * slope) && length > SHORTEST_STEP) {
        length /= 2;
        nextValue = step(function, at, direction, length, next, nextGradient);
      }
      if (!(nextValue < value)) {
        break;
      }
      remember(pairs, minus(next, at), minus(nextGradient, gradient));
      at = next;
      gradient = nextGradient;
      value = nextValue;
    }
    return at;
  }

  private static double step(
      Function function,
      double[] at,
      double[] direction,
      double length,
      double[] next,
      double[] nextGradient) {
    for (int i = 0; i < at.length; i++) {
      next[i] = at[i] + length * direction[i];
    }
    return function.value(next, nextGradient);
  }

  /** Minus the gradient, times the inverse Hessian as far as it has been seen. */
  private static double[] direction(double[] gradient, Deque<Pair> pairs) {
    double[] direction = gradient.clone();
    double[] parts = new double[pairs.size()];
    int i = pairs.size();
    for (Iterator<Pair> newestFirst = pairs.descendingIterator(); newestFirst.hasNext(); ) {
      Pair pair = newestFirst.next();
      parts[--i] = dot(pair.step, direction) / pair.product;
      add(direction, -parts[i], pair.change);
    }
    if (!pairs.isEmpty()) {
      Pair newest = pairs.getLast();
      scale(direction, newest.product / dot(newest.change, newest.change));
    }
    for (Pair pair : pairs) {
      add(direction, parts[i++] - dot(pair.change, direction) / pair.product, pair.step);
    }
    scale(direction, -1);
    return direction;
  }

  private static void remember(Deque<Pair> pairs, double[] step, double[] change) {
    double product = dot(step, change);
    if (product > 0) {
      pairs.addLast(new Pair(step, change, product));
    }
    if (pairs.size() > MEMORY) {
      pairs.removeFirst();
    }
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void add(double[] to, double factor, double[] values) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * values[i];
    }
  }

  private static void scale(double[] values, double factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }

  private static double[] minus(double[] a, double[] b) {
    double[] difference = a.clone();
    add(difference, -1, b);
    return difference;
  }
}
