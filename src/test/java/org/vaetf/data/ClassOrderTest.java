package org.vaetf.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.vaetf.base.ConfigException;

class ClassOrderTest {

  @Test
  void aLineForEachClassWhereRowsCanBeSharedOut() {
    ClassOrder order = new ClassOrder(3, 6);
    assertArrayEquals(new int[] {0, 0, 1, 1, 2, 2}, order.labels(0, 6));
    assertArrayEquals(new int[] {1, 2, 2}, order.labels(3, 6));
    assertEquals(ImageGrid.of(2), order.grid());
  }

  @Test
  void elseTheClassesInTurn() {
    ClassOrder order = new ClassOrder(3, 5);
    assertArrayEquals(new int[] {0, 1, 2, 0, 1}, order.labels(0, 5));
    assertEquals(ImageGrid.square(5), order.grid());
    assertArrayEquals(new int[] {0, 1}, new ClassOrder(10, 2).labels(0, 2));
  }

  @Test
  void aPictureIsNotMadeOfOneLine() {
    assertEquals(ImageGrid.square(4), new ClassOrder(4, 4).grid());
    assertEquals(ImageGrid.square(10_000), new ClassOrder(10, 10_000).grid());
    assertArrayEquals(new int[] {0, 1}, new ClassOrder(10, 10_000).labels(999, 1001));
  }

  @Test
  void whereNobodySaysHowMany() {
    assertEquals(new ClassOrder(10, 60), ClassOrder.upTo(10, 64));
    assertEquals(new ClassOrder(3, 48), ClassOrder.upTo(3, 64));
    assertEquals(new ClassOrder(50, 64), ClassOrder.upTo(50, 64));
    assertEquals(new ClassOrder(1, 16), ClassOrder.upTo(1, 100));
  }

  @Test
  void nothingOfNothing() {
    assertThrows(ConfigException.class, () -> new ClassOrder(0, 5));
    assertThrows(ConfigException.class, () -> new ClassOrder(5, 0));
    assertThrows(ConfigException.class, () -> ClassOrder.upTo(0, 5));
  }
}
