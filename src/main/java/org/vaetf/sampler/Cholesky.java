package org.vaetf.sampler;

import java.util.Optional;

/** {@code A = L Lᵀ} with L lower triangular, for symmetric positive definite A; row after row. */
final class Cholesky {
  private Cholesky() {}

  /**
   * The factor of a matrix.
   *
   * @param matrix {@code [n * n]}; what lies above the diagonal is not read
   * @param n rows and columns
   * @return L, zeros above the diagonal; empty where the matrix is not positive definite
   */
  static Optional<double[]> factor(double[] matrix, int n) {
    double[] factor = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i * n + j];
        for (int k = 0; k < j; k++) {
          sum -= factor[i * n + k] * factor[j * n + k];
        }
        if (i != j) {
          factor[i * n + j] = sum / factor[j * n + j];
        } else if (sum > 0) {
          factor[i * n + i] = Math.sqrt(sum);
        } else {
          return Optional.empty();
        }
      }
    }
    return Optional.of(factor);
  }

  /** {@code Σ log L_ii}: half the logarithm of the determinant of A. */
  static double logDiagonal(double[] factor, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.log(factor[i * n + i]);
    }
    return sum;
  }

  /**
   * {@code |L⁻¹ x|²}, which is {@code xᵀ A⁻¹ x}.
   *
   * @param factor L
   * @param x {@code [n]}
   * @param solved receives {@code L⁻¹ x}, {@code [n]}
   */
  static double squaredNorm(double[] factor, double[] x, double[] solved) {
    int n = x.length;
    double norm = 0;
    for (int i = 0; i < n; i++) {
      double sum = x[i];
      for (int j = 0; j < i; j++) {
        sum -= factor[i * n + j] * solved[j];
      }
      solved[i] = sum / factor[i * n + i];
      norm += solved[i] * solved[i];
    }
    return norm;
  }
}
