package org.vaetf.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Points in the coordinates of their two first principal components: the eigenvectors of their
 * covariance with the greatest eigenvalues, each turned so that its largest entry is positive.
 * Pearson, Philosophical Magazine 2 (1901); the eigenvectors by cyclic Jacobi rotations, Golub and
 * Van Loan, "Matrix computations", 4th edition, section 8.5.
 *
 * @param points {@code [rows][2]}, with mean 0
 * @param shares of the whole variance that the two components have, {@code [2]}, from 0 to 1
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over, not copied.
public record PrincipalPlane(double[][] points, double[] shares) {
  private static final int MOST_SWEEPS = 30;
  private static final double SMALL = 1e-15;

  /**
   * Projects points.
   *
   * @param rows {@code [rows][dimensions]}, at least one row and two dimensions
   * @return the points on the plane
   */
  public static PrincipalPlane of(double[][] rows) {
    int size = rows[0].length;
    double[] mean = new double[size];
    for (double[] row : rows) {
      for (int i = 0; i < size; i++) {
        mean[i] += row[i] / rows.length;
      }
    }
    double[][] covariance = covariance(rows, mean);
    double[][] vectors = diagonalise(covariance);
    double total = Math.max(Double.MIN_NORMAL, trace(covariance));
    int[] order =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -covariance[i][i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[][] points = new double[rows.length][2];
    double[] shares = new double[2];
    for (int axis = 0; axis < 2; axis++) {
      double[] direction = turned(vectors, order[axis]);
      shares[axis] = covariance[order[axis]][order[axis]] / total;
      for (int row = 0; row < rows.length; row++) {
        for (int i = 0; i < size; i++) {
          points[row][axis] += (rows[row][i] - mean[i]) * direction[i];
        }
      }
    }
    return new PrincipalPlane(points, shares);
  }

  private static double[][] covariance(double[][] rows, double[] mean) {
    double[][] covariance = new double[mean.length][mean.length];
    for (double[] row : rows) {
      for (int i = 0; i < mean.length; i++) {
        for (int j = 0; j <= i; j++) {
          covariance[i][j] += (row[i] - mean[i]) * (row[j] - mean[j]) / rows.length;
          covariance[j][i] = covariance[i][j];
        }
      }
    }
    return covariance;
  }

  /** Makes a symmetric matrix diagonal; column k of the result is the eigenvector of entry k. */
  private static double[][] diagonalise(double[][] a) {
    int size = a.length;
    double[][] vectors = new double[size][size];
    for (int i = 0; i < size; i++) {
      vectors[i][i] = 1;
    }
    double small = SMALL * trace(a);
    boolean rotated = true;
    for (int sweep = 0; rotated && sweep < MOST_SWEEPS; sweep++) {
      rotated = false;
      for (int p = 0; p < size; p++) {
        for (int q = p + 1; q < size; q++) {
          if (Math.abs(a[p][q]) > small) {
            rotate(a, vectors, p, q);
            rotated = true;
          }
        }
      }
    }
    return vectors;
  }

  private static void rotate(double[][] a, double[][] vectors, int p, int q) {
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double tangent = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(1, theta));
    double cosine = 1 / Math.hypot(1, tangent);
    double sine = cosine * tangent;
    for (double[] row : a) {
      turn(row, p, q, cosine, sine);
    }
    for (int i = 0; i < a.length; i++) {
      double before = a[p][i];
      a[p][i] = cosine * before - sine * a[q][i];
      a[q][i] = sine * before + cosine * a[q][i];
    }
    for (double[] row : vectors) {
      turn(row, p, q, cosine, sine);
    }
  }

  private static void turn(double[] row, int p, int q, double cosine, double sine) {
    double before = row[p];
    row[p] = cosine * before - sine * row[q];
    row[q] = sine * before + cosine * row[q];
  }

  private static double trace(double[][] a) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i][i]).sum();
  }

  private static double[] turned(double[][] vectors, int column) {
    double[] direction = Arrays.stream(vectors).mapToDouble(row -> row[column]).toArray();
    double largest = 0;
    for (double entry : direction) {
      largest = Math.abs(entry) > Math.abs(largest) + SMALL ? entry : largest;
    }
    double sign = Math.signum(largest);
    return Arrays.stream(direction).map(entry -> sign * entry).toArray();
  }
}
