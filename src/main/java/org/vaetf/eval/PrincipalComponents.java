package org.vaetf.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The principal components of some rows: the eigenvectors of their covariance, by {@link
 * SingularValues#orthogonalize}. Pearson, Philosophical Magazine 2 (1901). Each is turned so that
 * its greatest entry, or the first of several, is positive.
 *
 * @param mean of the rows, {@code [size]}
 * @param directions of length 1, the one with the greatest variance first, {@code [size]} each;
 *     zeros where there is no variance
 * @param shares of the whole variance that lie along them, {@code [size]}, from 0 to 1
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over, not copied.
public record PrincipalComponents(double[] mean, List<double[]> directions, double[] shares) {

  /**
   * Finds the components.
   *
   * @param rows {@code [rows][size]}, at least one
   * @return all of them
   */
  public static PrincipalComponents of(double[][] rows) {
    double[] mean = new double[rows[0].length];
    for (double[] row : rows) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += row[i] / rows.length;
      }
    }
    List<double[]> columns = covariance(rows, mean);
    SingularValues.orthogonalize(columns);
    // The columns are as long as the eigenvalues now.
    columns.sort(Comparator.comparingDouble(PrincipalComponents::length).reversed());
    double all = columns.stream().mapToDouble(PrincipalComponents::length).sum();
    return new PrincipalComponents(
        mean,
        columns.stream().map(PrincipalComponents::direction).toList(),
        columns.stream().mapToDouble(column -> all == 0 ? 0 : length(column) / all).toArray());
  }

  private static List<double[]> covariance(double[][] rows, double[] mean) {
    double[][] columns = new double[mean.length][mean.length];
    double[] centred = new double[mean.length];
    for (double[] row : rows) {
      Arrays.setAll(centred, i -> row[i] - mean[i]);
      for (int i = 0; i < mean.length; i++) {
        for (int j = 0; j < mean.length; j++) {
          columns[i][j] += centred[i] * centred[j] / rows.length;
        }
      }
    }
    return new ArrayList<>(List.of(columns));
  }

  private static double length(double[] column) {
    return Math.sqrt(SingularValues.product(column, column));
  }

  private static double[] direction(double[] column) {
    double greatest = 0;
    for (double value : column) {
      greatest = Math.abs(value) > Math.abs(greatest) ? value : greatest;
    }
    double length = Math.copySign(length(column), greatest);
    return Arrays.stream(column).map(value -> length == 0 ? 0 : value / length).toArray();
  }

  /**
   * Where rows lie along the first two components.
   *
   * @param rows {@code [rows][size]}, size at least 2
   * @return {@code [rows][2]}
   */
  public double[][] plane(double[][] rows) {
    return Arrays.stream(rows)
        .map(
            row -> {
              double[] centred = new double[mean.length];
              Arrays.setAll(centred, i -> row[i] - mean[i]);
              return new double[] {
                SingularValues.product(centred, directions.get(0)),
                SingularValues.product(centred, directions.get(1))
              };
            })
        .toArray(double[][]::new);
  }
}
