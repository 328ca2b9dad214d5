package org.vaetf.eval;

import static org.vaetf.testing.Near.assertNear;

import org.junit.jupiter.api.Test;

class PrincipalComponentsTest {

  /** Points of an ellipse in a tilted plane of a space of three dimensions, half axes 3 and 1. */
  @Test
  void anEllipseIsTurnedOntoItsAxes() {
    int count = 40;
    double[] u = {2 / 3.0, 2 / 3.0, 1 / 3.0};
    double[] v = {-2 / 3.0, 1 / 3.0, 2 / 3.0};
    double[][] rows = new double[count][3];
    for (int row = 0; row < count; row++) {
      double angle = 2 * Math.PI * row / count;
      for (int i = 0; i < 3; i++) {
        rows[row][i] = 5 + 3 * Math.cos(angle) * u[i] + Math.sin(angle) * v[i];
      }
    }
    PrincipalComponents found = PrincipalComponents.of(rows);
    double[][] points = found.plane(rows);
    // The variances of the axes are 9/2 and 1/2.
    assertNear(new double[] {0.9, 0.1, 0}, found.shares(), 1e-12, "shares");
    for (int row = 0; row < count; row++) {
      double angle = 2 * Math.PI * row / count;
      // v's largest entry is negative, or its equal: the sign is that of the first largest one.
      double[] expected = {3 * Math.cos(angle), -Math.sin(angle)};
      assertNear(expected, points[row], 1e-12, "row " + row);
    }
  }

  @Test
  void whatIsAlignedAlreadyStays() {
    double[][] rows = {{1, 20, 0}, {-1, -20, 0}, {1, -20, 0}, {-1, 20, 0}};
    PrincipalComponents found = PrincipalComponents.of(rows);
    double[][] points = found.plane(rows);
    assertNear(new double[] {400 / 401.0, 1 / 401.0, 0}, found.shares(), 1e-14, "shares");
    for (int row = 0; row < rows.length; row++) {
      assertNear(new double[] {rows[row][1], rows[row][0]}, points[row], 1e-12, "row " + row);
    }
  }

  @Test
  void equalRowsLieAtTheMiddle() {
    double[][] rows = {{1, 2}, {1, 2}};
    PrincipalComponents found = PrincipalComponents.of(rows);
    double[][] points = found.plane(rows);
    assertNear(new double[] {0, 0}, points[0], 1e-15, "point");
    assertNear(new double[] {0, 0}, found.shares(), 1e-15, "shares");
  }
}
