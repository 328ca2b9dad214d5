package org.vaetf.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.vaetf.base.ConfigException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;

class ManifoldTest {

  @Test
  void pointsStandForEqualSharesOfThePrior() {
    Samples points = new Manifold(2, 0, 1).points(3);
    assertEquals(RowShape.of(3), points.shape());
    // Φ⁻¹(1/4) and Φ⁻¹(3/4).
    float q = 0.6744898f;
    assertArrayEquals(new float[] {-q, q, 0, q, q, 0, -q, -q, 0, q, -q, 0}, points.values(), 1e-6f);
  }

  @Test
  void otherDimensionsStayAtZero() {
    Samples points = new Manifold(3, 3, 1).points(4);
    for (int row = 0; row < 9; row++) {
      assertEquals(0, points.row(row)[0]);
      assertEquals(0, points.row(row)[2]);
    }
    assertEquals(points.row(0)[1], points.row(2)[1]);
    assertEquals(points.row(0)[3], points.row(6)[3]);
  }

  @Test
  void aPlaneNeedsTwoDimensionsOfTheSpace() {
    assertThrows(ConfigException.class, () -> new Manifold(1, 0, 1));
    assertThrows(ConfigException.class, () -> new Manifold(5, 1, 1));
    assertThrows(ConfigException.class, () -> new Manifold(5, 0, -1));
    assertThrows(ConfigException.class, () -> new Manifold(5, 0, 1).points(1));
    assertThrows(ConfigException.class, () -> new Manifold(5, 0, 2).points(2));
  }
}
