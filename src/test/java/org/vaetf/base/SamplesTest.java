package org.vaetf.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {
  private final Samples table = Samples.of(new float[][] {{1, 2}, {3, 4}, {5, 6}});

  @Test
  void holdsRows() {
    assertEquals(3, table.rows());
    assertArrayEquals(new float[] {3, 4}, table.row(1));
    assertArrayEquals(new float[] {3, 4, 5, 6}, table.slice(1, 3).values());
    assertEquals(0, table.slice(1, 1).rows());
    assertEquals("3 rows of [2]", table.toString());
  }

  @Test
  void refusesRowsThatAreNotThere() {
    assertThrows(IndexOutOfBoundsException.class, () -> table.row(3));
    assertThrows(IndexOutOfBoundsException.class, () -> table.slice(2, 4));
  }

  @Test
  void refusesBrokenTables() {
    assertThrows(ConfigException.class, () -> new Samples(RowShape.of(2), new float[3]));
    assertThrows(ConfigException.class, () -> Samples.of(new float[][] {{1, 2}, {3}}));
    assertThrows(ConfigException.class, () -> Samples.of(new float[0][]));
  }

  @Test
  void joinsParts() {
    assertEquals(table, Samples.concatenate(List.of(table.slice(0, 1), table.slice(1, 3))));
    Samples other = Samples.of(new float[][] {{1}});
    assertThrows(ConfigException.class, () -> Samples.concatenate(List.of(table, other)));
    assertThrows(ConfigException.class, () -> Samples.concatenate(List.of()));
  }

  @Test
  void takesAnotherShapeOfTheSameSize() {
    Samples images = new Samples(RowShape.of(6), table.values()).reshape(RowShape.image(2, 3, 1));
    assertEquals(RowShape.image(2, 3, 1), images.shape());
    assertSame(table.values(), images.values());
    assertThrows(ConfigException.class, () -> table.reshape(RowShape.of(3)));
  }

  @Test
  void saysWhichShapeWasExpected() {
    assertSame(table, table.requireShape("x", RowShape.of(2)));
    ConfigException e =
        assertThrows(ConfigException.class, () -> table.requireShape("x", RowShape.of(3)));
    assertEquals("row shape of x is [2]; expected [3]", e.getMessage());
  }

  @Test
  void isEqualByContent() {
    Samples same = Samples.of(new float[][] {{1, 2}, {3, 4}, {5, 6}});
    assertEquals(table, same);
    assertEquals(table.hashCode(), same.hashCode());
    assertNotEquals(table, Samples.of(new float[][] {{1, 2}, {3, 4}, {5, 7}}));
  }
}
