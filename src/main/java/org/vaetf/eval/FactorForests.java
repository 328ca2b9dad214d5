package org.vaetf.eval;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.vaetf.data.FactorGrid;

/**
 * A random forest for each factor, that predicts it from the code. Of every ten rows in a row, the
 * first eight are learned from, the next chooses the depth, and the last judges.
 */
final class FactorForests {
  static final int LEAST_ROWS = 10;

  private final double[][] codes;
  private final double[][][] targets;
  private final RandomForest[] forests;
  private final int depth;

  private FactorForests(double[][] codes, double[][][] targets, RandomForest[] forests, int depth) {
    this.codes = codes;
    this.targets = targets;
    this.forests = forests;
    this.depth = depth;
  }

  /**
   * Grows the forests.
   *
   * @param bags how often each tree sees each of the rows to learn from, in their order, {@code
   *     [trees][learning rows]}
   */
  static FactorForests fit(FactorCodes sample, int[][] bags, int depth, SideBySide threads) {
    double[][][] targets = new double[sample.axes().size()][][];
    Arrays.setAll(targets, k -> targets(sample, k));
    int[] learning = learning(sample.rows()).toArray();
    double[][][] learned =
        Arrays.stream(targets).map(all -> pick(all, learning)).toArray(double[][][]::new);
    RandomForest[] forests =
        RandomForest.grow(pick(sample.codes(), learning), learned, bags, depth, threads);
    return new FactorForests(sample.codes(), targets, forests, depth);
  }

  static int learningRows(int rows) {
    return (int) learning(rows).count();
  }

  private static IntStream learning(int rows) {
    return rows(rows, part -> part < 8);
  }

  private static IntStream rows(int rows, IntPredicate part) {
    return IntStream.range(0, rows).filter(row -> part.test(row % 10));
  }

  /** A number for an ordered factor, indicators of the classes for a categorical one. */
  private static double[][] targets(FactorCodes sample, int k) {
    FactorGrid.Axis axis = sample.axes().get(k);
    if (axis.kind() == FactorGrid.Kind.ORDERED) {
      return Arrays.stream(sample.values(k))
          .mapToObj(value -> new double[] {value})
          .toArray(double[][]::new);
    }
    return Arrays.stream(sample.factor(k))
        .mapToObj(place -> indicators(place, axis.size()))
        .toArray(double[][]::new);
  }

  private static double[] indicators(int place, int classes) {
    double[] indicators = new double[classes];
    indicators[place] = 1;
    return indicators;
  }

  private static double[][] pick(double[][] all, int[] rows) {
    return Arrays.stream(rows).mapToObj(row -> all[row]).toArray(double[][]::new);
  }

  /** The depth of the least error, 0 up to the trees' own; of several the least. */
  int chooseDepth(int factor) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i <= depth; i++) {
      double error = squaredError(factor, i, part -> part == 8);
      if (error < least) {
        best = i;
        least = error;
      }
    }
    return best;
  }

  /** √(Σ (y − ŷ)² / Σ (y − ȳ)²); 0 where there is nothing to predict. */
  double normalisedError(int factor, int cutAt) {
    IntPredicate judging = part -> part == 9;
    double spread = 0;
    for (int o = 0; o < targets[factor][0].length; o++) {
      Estimate.Gatherer column = new Estimate.Gatherer();
      int output = o;
      rows(codes.length, judging).forEach(row -> column.add(targets[factor][row][output]));
      spread += column.squares();
    }
    return spread > 0 ? Math.sqrt(squaredError(factor, cutAt, judging) / spread) : 0;
  }

  private double squaredError(int factor, int cutAt, IntPredicate part) {
    return rows(codes.length, part)
        .mapToDouble(
            row ->
                squaredDistance(targets[factor][row], forests[factor].predict(codes[row], cutAt)))
        .sum();
  }

  private static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int o = 0; o < a.length; o++) {
      sum += (a[o] - b[o]) * (a[o] - b[o]);
    }
    return sum;
  }

  /** How much the forest relies on each dimension: they add up to 1, or are all 0. */
  double[] importances(int factor, int cutAt) {
    return forests[factor].importances(cutAt);
  }
}
