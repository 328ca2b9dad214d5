package org.vaetf.explore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.vaetf.eval.SingularValues;

/**
 * The plane of the map: {@code z = mean + u · across + v · down}. Of two dimensions or fewer it is
 * the latent space itself, of more the plane of the rows' first two principal components.
 *
 * @param mean {@code [latent]}
 * @param across of length 1, {@code [latent]}
 * @param down of length 1 and at a right angle to it, {@code [latent]}; zeros of a latent space
 *     that has one dimension
 * @param share of the rows' variance that lies in the plane
 */
@SuppressWarnings("ArrayRecordComponent") // Written as JSON, compared by nobody.
record PrincipalPlane(double[] mean, double[] across, double[] down, double share) {

  static PrincipalPlane of(EncodedRows rows, int latent) {
    if (latent <= 2 || rows.count() < 2) {
      return new PrincipalPlane(new double[latent], unit(latent, 0), unit(latent, 1), 1);
    }
    double[] mean = new double[latent];
    for (int i = 0; i < rows.means().length; i++) {
      mean[i % latent] += (double) rows.means()[i] / rows.count();
    }
    List<double[]> columns = covariance(rows, mean);
    SingularValues.orthogonalize(columns);
    // The eigenvalues are the lengths.
    columns.sort(Comparator.comparingDouble(PrincipalPlane::length).reversed());
    double all = columns.stream().mapToDouble(PrincipalPlane::length).sum();
    double plane = length(columns.get(0)) + length(columns.get(1));
    if (length(columns.get(1)) < 1e-12 * all || all == 0) {
      return new PrincipalPlane(mean, unit(latent, 0), unit(latent, 1), 1);
    }
    return new PrincipalPlane(
        mean, direction(columns.get(0)), direction(columns.get(1)), plane / all);
  }

  private static List<double[]> covariance(EncodedRows rows, double[] mean) {
    int latent = mean.length;
    double[][] columns = new double[latent][latent];
    double[] centred = new double[latent];
    for (int row = 0; row < rows.count(); row++) {
      for (int i = 0; i < latent; i++) {
        centred[i] = rows.means()[row * latent + i] - mean[i];
      }
      for (int i = 0; i < latent; i++) {
        for (int j = 0; j < latent; j++) {
          columns[i][j] += centred[i] * centred[j] / rows.count();
        }
      }
    }
    return new ArrayList<>(List.of(columns));
  }

  private static double length(double[] column) {
    double sum = 0;
    for (double value : column) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  /** Of length 1; its entry of the greatest size is positive, so that a map is never mirrored. */
  private static double[] direction(double[] column) {
    double greatest = 0;
    for (double value : column) {
      greatest = Math.abs(value) > Math.abs(greatest) ? value : greatest;
    }
    double length = Math.copySign(length(column), greatest);
    double[] direction = new double[column.length];
    for (int i = 0; i < column.length; i++) {
      direction[i] = column[i] / length;
    }
    return direction;
  }

  private static double[] unit(int latent, int index) {
    double[] unit = new double[latent];
    if (index < latent) {
      unit[index] = 1;
    }
    return unit;
  }
}
