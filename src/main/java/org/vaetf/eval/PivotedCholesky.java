package org.vaetf.eval;

import java.util.ArrayList;
import java.util.List;

/**
 * A factor of a covariance, {@code S = A Aᵀ}, with as many columns as S has rank: Cholesky's with
 * the greatest of what is left of the diagonal as each next pivot; Higham, "Accuracy and stability
 * of numerical algorithms", 2nd edition, section 10.3. Rows stay where they are.
 */
final class PivotedCholesky {
  private static final double EPSILON = Math.ulp(1.0);

  private PivotedCholesky() {}

  /**
   * The columns of A.
   *
   * @param matrix S, {@code [size, size]}, symmetric, no eigenvalue below 0
   * @param size of a side
   * @return at most {@code size} columns of {@code size} numbers; what is left of S when it ends is
   *     rounding, size · 2⁻⁵² of its greatest entry
   */
  static List<double[]> columns(double[] matrix, int size) {
    List<double[]> columns = new ArrayList<>();
    double[] left = new double[size];
    boolean[] done = new boolean[size];
    for (int i = 0; i < size; i++) {
      left[i] = matrix[i * size + i];
    }
    double least = size * EPSILON * left[greatest(left)];
    for (int pivot = greatest(left); left[pivot] > least; pivot = greatest(left)) {
      double root = Math.sqrt(left[pivot]);
      done[pivot] = true;
      double[] column = new double[size];
      for (int i = 0; i < size; i++) {
        column[i] = done[i] ? 0 : matrix[pivot * size + i];
      }
      for (double[] before : columns) {
        double factor = before[pivot];
        for (int i = 0; i < size; i++) {
          column[i] -= factor * before[i];
        }
      }
      for (int i = 0; i < size; i++) {
        column[i] = done[i] ? 0 : column[i] / root;
        left[i] -= column[i] * column[i];
      }
      column[pivot] = root;
      left[pivot] = 0;
      columns.add(column);
    }
    return columns;
  }

  private static int greatest(double[] values) {
    int greatest = 0;
    for (int i = 1; i < values.length; i++) {
      greatest = values[i] > values[greatest] ? i : greatest;
    }
    return greatest;
  }
}
