package org.vaetf.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RowShapeTest {

  @Test
  void knowsItsSizes() {
    RowShape shape = RowShape.image(28, 20, 3);
    assertEquals(28 * 20 * 3, shape.size());
    assertEquals(3, shape.rank());
    assertEquals(3, shape.channels());
    assertEquals("[28, 20, 3]", shape.toString());
    assertArrayEquals(new int[] {28, 20, 3}, shape.toArray());
  }

  @Test
  void aSingleNumberHasNoSizes() {
    RowShape shape = RowShape.of();
    assertEquals(1, shape.size());
    assertEquals(0, shape.rank());
    assertEquals(1, shape.channels());
    assertEquals(RowShape.of(2), shape.timesChannels(2));
  }

  @Test
  void imagesAreGreyOrColour() {
    assertTrue(RowShape.image(2, 2, 1).isImage());
    assertTrue(RowShape.image(2, 2, 3).isImage());
    assertFalse(RowShape.image(2, 2, 4).isImage());
    assertFalse(RowShape.of(784).isImage());
  }

  @Test
  void multipliesItsLastSize() {
    assertEquals(RowShape.of(4, 4, 6), RowShape.image(4, 4, 3).timesChannels(2));
  }

  @Test
  void refusesSizesBelowOneAndTooManyValues() {
    assertThrows(ConfigException.class, () -> RowShape.of(3, 0));
    assertThrows(ConfigException.class, () -> RowShape.of(-1));
    assertThrows(ConfigException.class, () -> RowShape.of(1 << 16, 1 << 16));
    assertThrows(ConfigException.class, () -> RowShape.of(1 << 30, 1 << 30, 1 << 30, 1 << 30));
  }

  @Test
  void isAListInJson() {
    assertEquals("[28,28,1]", Json.writeLine(RowShape.image(28, 28, 1)));
    assertEquals(RowShape.image(28, 28, 1), Json.read("text", "[28, 28, 1]", RowShape.class));
  }
}
