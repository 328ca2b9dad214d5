package org.vaetf.eval;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** A table whose columns are each sorted once, for all the trees that are grown on it. */
final class SortedColumns {
  private final double[][] rows;
  private final int[][] order;

  /** Rows {@code [rows][columns]}, handed over. */
  SortedColumns(double[][] rows) {
    this.rows = rows;
    this.order = new int[rows[0].length][];
    Arrays.setAll(order, column -> order(rows.length, row -> rows[row][column]));
  }

  double value(int row, int column) {
    return rows[row][column];
  }

  /** The numbers of the rows that count, by each column: {@code [columns][rows of weight]}. */
  int[][] order(int[] weights) {
    return Arrays.stream(order)
        .map(column -> Arrays.stream(column).filter(row -> weights[row] > 0).toArray())
        .toArray(int[][]::new);
  }

  /** The numbers of rows, the least value first; equal values in the order of their rows. */
  static int[] order(int rows, IntToDoubleFunction value) {
    return IntStream.range(0, rows)
        .boxed()
        .sorted(Comparator.comparingDouble(value::applyAsDouble))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
