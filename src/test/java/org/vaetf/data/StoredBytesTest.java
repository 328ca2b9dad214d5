package org.vaetf.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;

/** Rows of bytes are the numbers that {@code read} gives, whatever holds them. */
class StoredBytesTest {

  static Stream<Arguments> sources() {
    byte[] values = new byte[60];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (i * 37);
    }
    InMemoryDataSet memory = InMemoryDataSet.of("memory", RowShape.image(2, 3, 1), values);
    DataSplit split = DataSplit.random(memory, 0.4, new Seed(3));
    return Stream.of(
        Arguments.of("memory", memory),
        Arguments.of("training part", split.train()),
        Arguments.of("test part", split.test()),
        Arguments.of("file", file()),
        Arguments.of("part of a file", new RowSubset(file(), new int[] {1, 0})),
        Arguments.of("named", new NamedDataSet("other", file())),
        Arguments.of("drawn as they are read", new Shapes(7, 8, 3)));
  }

  private static DataSet file() {
    return Formats.open(Golden.file("u1-nhwc.npy"), ReadOptions.defaults());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sources")
  void areTheNumbersThatReadGives(String name, DataSet data) {
    int size = data.shape().size();
    float[] numbers = new float[size];
    byte[] bytes = new byte[size + 5];
    for (int row = 0; row < data.rows(); row++) {
      data.read(row, numbers, 0);
      data.readBytes(row, bytes, 3);
      for (int i = 0; i < size; i++) {
        assertEquals(numbers[i], bytes[3 + i] & 0xFF, name + ", row " + row);
      }
    }
    assertEquals(List.of(0, 0, 0), List.of((int) bytes[0], (int) bytes[1], (int) bytes[2]));
    assertEquals(List.of(0, 0), List.of((int) bytes[size + 3], (int) bytes[size + 4]));
    assertThrows(
        IndexOutOfBoundsException.class, () -> data.readBytes(data.rows(), new byte[size], 0));
    assertThrows(IndexOutOfBoundsException.class, () -> data.readBytes(0, new byte[size], 1));
  }

  @Test
  void realNumbersAreNone() {
    DataSet reals = InMemoryDataSet.of("reals", Samples.of(new float[][] {{1, 2}}));
    assertThrows(IllegalStateException.class, () -> reals.readBytes(0, new byte[2], 0));
    try (DataSet file = Formats.open(Golden.file("f4-big.npy"), ReadOptions.defaults())) {
      assertThrows(IllegalStateException.class, () -> file.readBytes(0, new byte[5], 0));
    }
  }
}
