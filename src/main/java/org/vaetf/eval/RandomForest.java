package org.vaetf.eval;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The mean of regression trees that are each grown on rows drawn with replacement: Breiman, "Random
 * forests", Machine Learning 45 (2001), with all columns looked at for each cut, as is usual for
 * regression.
 */
final class RandomForest {
  private final RegressionTree[] trees;
  private final int columns;
  private final int outputs;

  private RandomForest(RegressionTree[] trees, int columns, int outputs) {
    this.trees = trees;
    this.columns = columns;
    this.outputs = outputs;
  }

  /**
   * Grows forests of as many trees on the same rows.
   *
   * @param rows the inputs, {@code [rows][columns]}
   * @param targets of each forest, {@code [forests][rows][outputs]}
   * @param bags how often each tree sees each row, {@code [trees][rows]}, as {@link #bags} draws
   * @param depth that no leaf lies deeper than
   * @param threads grow a tree each
   */
  static RandomForest[] grow(
      double[][] rows, double[][][] targets, int[][] bags, int depth, SideBySide threads) {
    SortedColumns columns = new SortedColumns(rows);
    RegressionTree[][] trees = new RegressionTree[targets.length][bags.length];
    threads.run(
        targets.length * bags.length,
        i -> {
          int forest = i / bags.length;
          int tree = i % bags.length;
          trees[forest][tree] = RegressionTree.grow(columns, targets[forest], bags[tree], depth);
        });
    RandomForest[] forests = new RandomForest[targets.length];
    Arrays.setAll(forests, i -> new RandomForest(trees[i], rows[0].length, targets[i][0].length));
    return forests;
  }

  /** For each tree as many rows as there are, drawn with replacement: how often each comes. */
  static int[][] bags(int trees, int rows, SplittableRandom random) {
    int[][] bags = new int[trees][rows];
    for (int[] bag : bags) {
      for (int i = 0; i < rows; i++) {
        bag[random.nextInt(rows)]++;
      }
    }
    return bags;
  }

  /** The mean of the trees cut off at a depth, {@code [outputs]}. */
  double[] predict(double[] row, int depth) {
    double[] mean = new double[outputs];
    for (RegressionTree tree : trees) {
      double[] one = tree.predict(row, depth);
      for (int o = 0; o < outputs; o++) {
        mean[o] += one[o] / trees.length;
      }
    }
    return mean;
  }

  /**
   * By how much the cuts in each column lessen the squared error of the rows that the trees were
   * grown on, as parts of the whole: they add up to 1. All 0 if there is no cut.
   */
  double[] importances(int depth) {
    double[] gains = new double[columns];
    for (RegressionTree tree : trees) {
      tree.addGains(depth, gains);
    }
    double sum = Arrays.stream(gains).sum();
    return sum > 0 ? Arrays.stream(gains).map(gain -> gain / sum).toArray() : gains;
  }
}
