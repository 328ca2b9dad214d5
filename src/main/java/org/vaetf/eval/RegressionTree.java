package org.vaetf.eval;

import java.util.Arrays;

/**
 * A regression tree for targets of one or more numbers: CART, Breiman, Friedman, Olshen and Stone
 * (1984), with all columns looked at for each cut. A cut is the one that leaves the least squared
 * error. Of a class as indicators (one number a class, one of them 1) that is the cut with the
 * least Gini impurity, and the means are the classes' frequencies: a classification tree. No leaf
 * has fewer than 5 rows.
 */
final class RegressionTree {
  private final Node root;

  private RegressionTree(Node root) {
    this.root = root;
  }

  /**
   * A node: the mean of its targets, and how it is cut. A leaf has no children and gains nothing.
   */
  @SuppressWarnings("ArrayRecordComponent") // Private to the tree.
  private record Node(
      double[] mean, int column, double threshold, double gain, Node below, Node above) {}

  /**
   * Grows a tree.
   *
   * @param columns of the inputs
   * @param targets {@code [rows][outputs]}
   * @param weights how often each row counts, {@code [rows]}, at least one of them above 0
   * @param depth that no leaf lies deeper than
   */
  static RegressionTree grow(SortedColumns columns, double[][] targets, int[] weights, int depth) {
    return new RegressionTree(new Growth(columns, targets, weights).grow(depth));
  }

  /**
   * What the tree predicts, cut off at a depth: the tree that would have been grown to that depth,
   * since each cut is made without looking ahead.
   *
   * @return {@code [outputs]}, not to be written to
   */
  double[] predict(double[] row, int depth) {
    Node node = root;
    for (int i = 0; i < depth && node.below != null; i++) {
      node = row[node.column] <= node.threshold ? node.below : node.above;
    }
    return node.mean;
  }

  /** Adds by how much the cuts in each column, down to a depth, lessen the squared error. */
  void addGains(int depth, double[] into) {
    addGains(root, depth, into);
  }

  private static void addGains(Node node, int depth, double[] into) {
    if (depth > 0 && node.below != null) {
      into[node.column] += node.gain;
      addGains(node.below, depth - 1, into);
      addGains(node.above, depth - 1, into);
    }
  }

  /** The rows of a node lie side by side in each column's order, and stay in order when cut. */
  private static final class Growth {
    /** In a smaller leaf chance decides: of two rows, any column tells them apart. */
    private static final int LEAST_ROWS_OF_A_LEAF = 5;

    /** Less of the whole squared error than this is rounding. */
    private static final double LEAST_GAIN = 1e-12;

    /** So little more than another gain is rounding: the first column of several is taken. */
    private static final double TIE = 1e-9;

    private final SortedColumns columns;
    private final double[][] targets;
    private final int[] weights;
    private final int[][] order;
    private final boolean[] goesBelow;
    private final int[] spare;
    private final int outputs;
    private final double leastGain;

    Growth(SortedColumns columns, double[][] targets, int[] weights) {
      this.columns = columns;
      this.targets = targets;
      this.weights = weights;
      this.order = columns.order(weights);
      this.goesBelow = new boolean[weights.length];
      this.spare = new int[order[0].length];
      this.outputs = targets[0].length;
      this.leastGain = LEAST_GAIN * squaredError();
    }

    private double squaredError() {
      double[] mean = mean(0, order[0].length);
      double sum = 0;
      for (int row : order[0]) {
        for (int o = 0; o < outputs; o++) {
          double difference = targets[row][o] - mean[o];
          sum += weights[row] * difference * difference;
        }
      }
      return sum;
    }

    Node grow(int depth) {
      return grow(0, order[0].length, isConstant() ? 0 : depth);
    }

    /** Then whatever a cut seems to gain is rounding. */
    private boolean isConstant() {
      double[] first = targets[order[0][0]];
      return Arrays.stream(order[0]).allMatch(row -> Arrays.equals(first, targets[row]));
    }

    private Node grow(int from, int to, int depth) {
      double[] mean = mean(from, to);
      Cut best = new Cut(-1, 0, leastGain);
      for (int column = 0; depth > 0 && column < order.length; column++) {
        best = bestCut(column, from, to, mean, best);
      }
      if (best.column < 0) {
        return new Node(mean, 0, 0, 0, null, null);
      }
      int middle = divide(from, to, best);
      Node below = grow(from, middle, depth - 1);
      Node above = grow(middle, to, depth - 1);
      return new Node(mean, best.column, best.threshold, best.gain, below, above);
    }

    private double[] mean(int from, int to) {
      double[] mean = new double[outputs];
      double count = 0;
      for (int i = from; i < to; i++) {
        int row = order[0][i];
        count += weights[row];
        for (int o = 0; o < outputs; o++) {
          mean[o] += weights[row] * targets[row][o];
        }
      }
      for (int o = 0; o < outputs; o++) {
        mean[o] /= count;
      }
      return mean;
    }

    private record Cut(int column, double threshold, double gain) {}

    /**
     * The best cut of a column, if it is better than another. With targets as differences from the
     * node's mean, of sum S below the cut and −S above it, a cut gains {@code |S|² (1/n + 1/m)}.
     */
    private Cut bestCut(int column, int from, int to, double[] mean, Cut other) {
      Cut best = other;
      double all = 0;
      for (int i = from; i < to; i++) {
        all += weights[order[column][i]];
      }
      double[] sum = new double[outputs];
      double count = 0;
      for (int i = from; i < to - 1; i++) {
        int row = order[column][i];
        count += weights[row];
        double squares = 0;
        for (int o = 0; o < outputs; o++) {
          sum[o] += weights[row] * (targets[row][o] - mean[o]);
          squares += sum[o] * sum[o];
        }
        double value = columns.value(row, column);
        double next = columns.value(order[column][i + 1], column);
        double gain = squares * (1 / count + 1 / (all - count));
        boolean isAllowed =
            value < next && count >= LEAST_ROWS_OF_A_LEAF && all - count >= LEAST_ROWS_OF_A_LEAF;
        if (isAllowed && gain > best.gain * (1 + TIE)) {
          double middle = value + (next - value) / 2;
          best = new Cut(column, middle < next ? middle : value, gain);
        }
      }
      return best;
    }

    /** Moves the rows below the cut to the front, in every column's order. */
    private int divide(int from, int to, Cut cut) {
      for (int i = from; i < to; i++) {
        int row = order[0][i];
        goesBelow[row] = columns.value(row, cut.column) <= cut.threshold;
      }
      int middle = from;
      for (int[] rows : order) {
        middle = from;
        int above = 0;
        for (int i = from; i < to; i++) {
          if (goesBelow[rows[i]]) {
            rows[middle++] = rows[i];
          } else {
            spare[above++] = rows[i];
          }
        }
        System.arraycopy(spare, 0, rows, middle, above);
      }
      return middle;
    }
  }
}
