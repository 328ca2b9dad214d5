package org.vaetf.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class ByteSamplesTest {

  @Test
  void levelsAreTheNumbersThatOccur() {
    byte[] values = {7, (byte) 255, 0, 7, (byte) 128, 7};
    assertArrayEquals(
        new float[] {0, 7, 128, 255}, new ByteSamples(RowShape.of(3), values).levels());
    assertArrayEquals(new float[0], new ByteSamples(RowShape.of(3), new byte[0]).levels());
  }
}
