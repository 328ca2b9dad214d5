package org.vaetf.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vaetf.base.RowShape;
import org.vaetf.base.Seed;
import org.vaetf.data.FactorGrid.Axis;
import org.vaetf.data.FactorGrid.Kind;
import org.vaetf.testing.OneLine;

class FactorGridTest {
  private static final FactorGrid SPRITES = new Shapes(1, 16, 0).factorGrid().orElseThrow();

  @Test
  void theGridOfShapesIsThatOfDsprites() {
    assertEquals(
        List.of("shape", "scale", "orientation", "posX", "posY"),
        SPRITES.axes().stream().map(Axis::name).toList());
    assertEquals(List.of(3, 6, 40, 32, 32), SPRITES.axes().stream().map(Axis::size).toList());
    assertEquals(Kind.CATEGORICAL, SPRITES.axes().get(0).kind());
    assertTrue(SPRITES.axes().stream().skip(1).allMatch(axis -> axis.kind() == Kind.ORDERED));
    assertEquals(List.of(0.5f, 0.6f, 0.7f, 0.8f, 0.9f, 1f), SPRITES.axes().get(1).values());
    assertEquals((float) (Math.PI / 2), SPRITES.axes().get(2).values().get(10));
    assertEquals(1f, SPRITES.axes().get(4).values().get(31));
  }

  /** Each row of the data set is the grid's row of the same factors. */
  @Test
  void rowsToOrderAreTheDataSets() {
    Shapes data = new Shapes(20, 16, 4);
    Factors factors = data.factors().orElseThrow();
    int[][] places = new int[20][5];
    for (int row = 0; row < 20; row++) {
      for (int k = 0; k < 5; k++) {
        places[row][k] = SPRITES.axes().get(k).values().indexOf(factors.values().row(row)[k]);
      }
    }
    DataSet made = SPRITES.rows("made", 20, row -> places[row]);
    assertEquals(data.slice(0, 20), made.slice(0, 20));
    assertEquals(factors, made.factors().orElseThrow());
    assertArrayEquals(data.labels().orElseThrow(), made.labels().orElseThrow());
    assertEquals(SPRITES, made.factorGrid().orElseThrow());
    assertEquals(DataSet.Encoding.BYTES, made.encoding());
    byte[] bytes = new byte[256];
    made.readBytes(3, bytes, 0);
    float[] values = data.slice(3, 4).values();
    for (int i = 0; i < 256; i++) {
      assertEquals(values[i], bytes[i] & 0xFF);
    }
    assertThrows(IndexOutOfBoundsException.class, () -> made.read(20, new float[256], 0));
  }

  @Test
  void drawsCoverEachAxisEvenly() {
    SplittableRandom random = new SplittableRandom(1);
    int[] scales = new int[6];
    int[] places = new int[32];
    for (int i = 0; i < 6400; i++) {
      int[] drawn = SPRITES.draw(random);
      scales[drawn[1]]++;
      places[drawn[4]]++;
    }
    // Standard deviations of 30 and 14.
    assertTrue(Arrays.stream(scales).allMatch(count -> Math.abs(count - 1067) < 150));
    assertTrue(Arrays.stream(places).allMatch(count -> Math.abs(count - 200) < 70));
  }

  @Test
  void viewsOfADataSetHaveItsGrid() {
    Shapes data = new Shapes(10, 16, 0);
    try (DataSplit split = DataSplit.random(data, 0.5, new Seed(1))) {
      assertEquals(5, split.test().factorGrid().orElseThrow().axes().size());
    }
    assertTrue(new NamedDataSet("other", data).factorGrid().isPresent());
    assertTrue(InMemoryDataSet.of("x", RowShape.of(1), new byte[1]).factorGrid().isEmpty());
  }

  @Test
  void anotherShapeOfAsManyValues() {
    FactorGrid flat = SPRITES.withShape(RowShape.of(256));
    DataSet rows = flat.rows("flat", 1, row -> new int[5]);
    assertEquals(RowShape.of(256), rows.shape());
    assertArrayEquals(
        SPRITES.rows("image", 1, row -> new int[5]).slice(0, 1).values(),
        rows.slice(0, 1).values());
    OneLine.ofConfig(() -> SPRITES.withShape(RowShape.of(255)), "[255]", "256 values");
  }

  @Test
  void faultsAreRefused() {
    OneLine.ofConfig(
        () -> new Axis("one", Kind.ORDERED, List.of(1f)), "number of values of factor one", 2);
    OneLine.ofConfig(
        () -> SPRITES.paint(new int[4], new float[256], 0), "number of places is 4", 5);
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> SPRITES.paint(new int[] {0, 6, 0, 0, 0}, new float[256], 0));
    assertThrows(
        IndexOutOfBoundsException.class, () -> SPRITES.paint(new int[5], new float[256], 1));
    OneLine.ofConfig(
        () ->
            new FactorGrid(
                List.of(), RowShape.of(1), DataSet.Encoding.REALS, (places, into, offset) -> {}),
        "number of factors");
  }
}
