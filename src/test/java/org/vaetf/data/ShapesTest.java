package org.vaetf.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.base.RowShape;
import org.vaetf.testing.OneLine;

class ShapesTest {

  @Test
  void specificationsAreParsed() {
    assertEquals(new Shapes(10_000, 64, 0), Shapes.parse("shapes"));
    assertEquals(new Shapes(5000, 32, -7), Shapes.parse("shapes:count=5000,size=32,seed=-7"));
    assertEquals(new Shapes(10_000, 28, 0), Shapes.parse("shapes:size=28"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "shapes:cuont=5 | 'cuont'; expected one of: count, seed, size",
        "shapes: | ''; expected one of: count, seed, size",
        "shapes:count | count=WHOLE-NUMBER",
        "shapes:count=x | count=WHOLE-NUMBER",
        "shapes:count=5, | expected one of",
        "shapes:count=0 | count is 0",
        "shapes:count=5000000000 | count is 5000000000",
        "shapes:size=7 | size is 7",
        "shapes:size=2000 | size is 2000"
      })
  void faultsInSpecificationsAreOneLine(String spec, String part) {
    OneLine.ofConfig(() -> Shapes.parse(spec), part);
  }

  @Test
  void rowsDependOnSeedAndNumberAlone() {
    DataSet few = new Shapes(10, 32, 1);
    DataSet many = new Shapes(1000, 32, 1);
    assertEquals(few.slice(0, 10), many.slice(0, 10));
    assertTrue(!few.slice(0, 10).equals(new Shapes(10, 32, 2).slice(0, 10)));
    assertThrows(IndexOutOfBoundsException.class, () -> few.slice(9, 11));
    assertThrows(IndexOutOfBoundsException.class, () -> few.read(10, new float[1024], 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 64, 200})
  void everyShapeIsWhiteInsideThePicture(int size) {
    Shapes data = new Shapes(300, size, 3);
    assertEquals(RowShape.image(size, size, 1), data.shape());
    float[] row = new float[size * size];
    for (int i = 0; i < data.rows(); i++) {
      data.read(i, row, 0);
      float most = 0;
      for (int at = 0; at < row.length; at++) {
        assertTrue(row[at] >= 0 && row[at] <= 255 && row[at] == Math.rint(row[at]));
        most = Math.max(most, row[at]);
      }
      assertTrue(most > 30, "row " + i + " is dark");
      for (int at = 0; size >= 64 && at < size; at++) {
        assertEquals(0, row[at] + row[at * size] + row[(size - 1) * size + at]);
      }
    }
  }

  @Test
  void factorsSayWhatIsSeen() {
    Shapes data = new Shapes(2000, 64, 0);
    Factors factors = data.factors().orElseThrow();
    assertEquals(
        java.util.List.of("shape", "scale", "orientation", "posX", "posY"), factors.names());
    int[] labels = data.labels().orElseThrow();
    float[] row = new float[64 * 64];
    double halfSide = 0.22 * 64 * Math.sqrt(0.5);
    for (int i = 0; i < 200; i++) {
      float[] f = factors.values().row(i);
      assertEquals(labels[i], f[0]);
      data.read(i, row, 0);
      double mass = 0;
      double x = 0;
      double y = 0;
      for (int at = 0; at < row.length; at++) {
        mass += row[at] / 255;
        x += row[at] / 255 * (at % 64 + 0.5);
        y += row[at] / 255 * (Math.floorDiv(at, 64) + 0.5);
      }
      if (labels[i] == 0) {
        double side = 2 * halfSide * f[1];
        assertEquals(side * side, mass, 0.05 * side * side);
      } else if (labels[i] == 1) {
        double area = Math.PI / 2 * Math.pow(0.22 * 64 * f[1], 2);
        assertEquals(area, mass, 0.05 * area);
      }
      // The heart's middle is not its centre of mass.
      double tolerance = labels[i] == 2 ? 2.5 : 0.25;
      assertEquals(64 * (0.22 + 0.56 * f[3]), x / mass, tolerance);
      assertEquals(64 * (0.22 + 0.56 * f[4]), y / mass, tolerance);
    }
  }

  @Test
  void factorsCoverTheirGrids() {
    Factors factors = new Shapes(5000, 8, 0).factors().orElseThrow();
    int[] expected = {3, 6, 40, 32, 32};
    for (int column = 0; column < expected.length; column++) {
      java.util.Set<Float> seen = new java.util.TreeSet<>();
      for (int row = 0; row < 5000; row++) {
        seen.add(factors.values().row(row)[column]);
      }
      assertEquals(expected[column], seen.size());
    }
  }

  @Test
  void theHeartStandsUpright() {
    float[] row = new float[64 * 64];
    new Sprite(2, 5, 0, 16, 16).draw(64, row, 0);
    double[] widths = new double[64];
    int first = -1;
    int last = -1;
    for (int at = 0; at < row.length; at++) {
      widths[at / 64] += row[at] / 255;
      first = first < 0 && row[at] > 0 ? at / 64 : first;
      last = row[at] > 0 ? at / 64 : last;
    }
    assertTrue(widths[first + 3] > 3 * widths[last - 1], "wide above, pointed below");
  }

  @Test
  void subsetsKeepTheirFactors() {
    try (DataSplit split =
        DataSplit.random(new Shapes(50, 8, 0), 0.2, new org.vaetf.base.Seed(1))) {
      Factors factors = split.test().factors().orElseThrow();
      assertEquals(10, factors.values().rows());
      int[] labels = split.test().labels().orElseThrow();
      for (int i = 0; i < 10; i++) {
        assertEquals(labels[i], factors.values().row(i)[0]);
      }
      assertArrayEquals(
          new String[] {"square", "ellipse", "heart"}, split.test().classes().toArray());
    }
  }
}
