package org.vaetf.eval;

import java.util.List;

/**
 * Singular values by rotating columns against each other until all are at right angles: the
 * one-sided method of Hestenes (1958) and Jacobi; Golub and Van Loan, "Matrix computations", 4th
 * edition, section 8.6.3. It is exact to rounding for values of any size, whatever the rank, and
 * takes some fifty times size³ operations.
 */
final class SingularValues {
  private static final double EPSILON = Math.ulp(1.0);

  /** It needs about ten; more than that only moves rounding errors about. */
  private static final int MOST_SWEEPS = 50;

  private SingularValues() {}

  /**
   * The sum of the singular values of a matrix: its nuclear norm.
   *
   * @param columns of the matrix, all of one length; overwritten
   * @return at least 0
   */
  static double sum(List<double[]> columns) {
    orthogonalize(columns);
    return columns.stream().mapToDouble(column -> Math.sqrt(product(column, column))).sum();
  }

  /**
   * Rotates the columns of a matrix A until all are at right angles: A becomes {@code A V = U Σ}
   * for its singular value decomposition {@code U Σ Vᵀ}, the columns in no order. Of a covariance
   * matrix the results point along its eigenvectors and are as long as the eigenvalues.
   *
   * @param columns all of one length; overwritten
   */
  static void orthogonalize(List<double[]> columns) {
    boolean rotated = true;
    for (int sweep = 0; rotated && sweep < MOST_SWEEPS; sweep++) {
      rotated = false;
      for (int p = 0; p < columns.size(); p++) {
        for (int q = p + 1; q < columns.size(); q++) {
          rotated |= rotate(columns.get(p), columns.get(q));
        }
      }
    }
  }

  /** Brings two columns to a right angle; false if they are at one. */
  private static boolean rotate(double[] first, double[] second) {
    double alpha = product(first, first);
    double beta = product(second, second);
    double gamma = product(first, second);
    if (Math.abs(gamma) <= first.length * EPSILON * Math.sqrt(alpha) * Math.sqrt(beta)) {
      return false;
    }
    double zeta = (beta - alpha) / (2 * gamma);
    double tangent = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.hypot(1, zeta));
    double cosine = 1 / Math.hypot(1, tangent);
    double sine = cosine * tangent;
    for (int i = 0; i < first.length; i++) {
      double before = first[i];
      first[i] = cosine * before - sine * second[i];
      second[i] = sine * before + cosine * second[i];
    }
    return true;
  }

  /** {@code x · y}. */
  static double product(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }
}
