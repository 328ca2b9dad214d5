package org.vaetf.explore;

import java.util.List;
import org.vaetf.eval.PrincipalComponents;

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
  /** A share of the variance that rounding alone makes. */
  private static final double NOTHING = 1e-12;

  static PrincipalPlane of(EncodedRows rows, int latent) {
    if (latent <= 2 || rows.count() < 2) {
      return new PrincipalPlane(new double[latent], unit(latent, 0), unit(latent, 1), 1);
    }
    double[][] points = new double[rows.count()][latent];
    for (int i = 0; i < rows.means().length; i++) {
      points[i / latent][i % latent] = rows.means()[i];
    }
    PrincipalComponents components = PrincipalComponents.of(points);
    double[] shares = components.shares();
    if (shares[1] < NOTHING) {
      return new PrincipalPlane(components.mean(), unit(latent, 0), unit(latent, 1), 1);
    }
    List<double[]> directions = components.directions();
    return new PrincipalPlane(
        components.mean(), directions.get(0), directions.get(1), shares[0] + shares[1]);
  }

  private static double[] unit(int latent, int index) {
    double[] unit = new double[latent];
    if (index < latent) {
      unit[index] = 1;
    }
    return unit;
  }
}
