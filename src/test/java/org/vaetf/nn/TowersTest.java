package org.vaetf.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.ConfigException;
import org.vaetf.testing.Evaluate;
import org.vaetf.tf.Array;

class TowersTest {
  private static final int COLUMNS = 3;

  @ParameterizedTest
  @CsvSource({
    "1, 5, 5",
    "2, 6, 3;3",
    "2, 7, 3;4",
    "3, 7, 2;2;3",
    "4, 3, 1;1;1",
    "7, 1, 1",
    "8, 8, 1;1;1;1;1;1;1;1"
  })
  void partsAreNearlyEqualAndNeverEmpty(int towers, int rows, String sizes) {
    Array table = table(rows);
    List<Array> parts =
        Evaluate.all(tf -> List.copyOf(new Towers(towers).split(tf, Evaluate.constant(tf, table))));
    List<String> found = new ArrayList<>();
    int at = 0;
    for (Array part : parts) {
      found.add(String.valueOf(part.shape()[0]));
      for (float value : part.values()) {
        assertEquals(table.values()[at++], value);
      }
    }
    assertEquals(sizes, String.join(";", found));
    assertEquals(rows * COLUMNS, at);
  }

  @ParameterizedTest
  @CsvSource({"1, 4", "2, 5", "5, 3"})
  void aFunctionOfEachRowGivesTheSameWhole(int towers, int rows) {
    Array table = table(rows);
    Array whole = Evaluate.one(tf -> tf.math.square(Evaluate.constant(tf, table)));
    Towers all = new Towers(towers);
    Array parts =
        Evaluate.one(
            tf -> {
              Operand<TFloat32> same = Evaluate.constant(tf, table);
              return all.join(
                  tf,
                  all.each(
                      tf,
                      same,
                      Optional.of(same),
                      (part, more) -> tf.math.mul(part, more.orElseThrow())));
            });
    assertArrayEquals(whole.shape(), parts.shape());
    assertArrayEquals(whole.values(), parts.values());
  }

  @Test
  void anUnknownNumberOfRowsStaysWhole() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> rows =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, COLUMNS)));
      assertEquals(List.of(rows), Towers.one().split(tf, rows));
      assertThrows(IllegalArgumentException.class, () -> new Towers(2).split(tf, rows));
    }
  }

  @Test
  void thereIsAtLeastOne() {
    assertThrows(ConfigException.class, () -> new Towers(0));
  }

  private static Array table(int rows) {
    float[] values = new float[rows * COLUMNS];
    for (int i = 0; i < values.length; i++) {
      values[i] = i - 4;
    }
    return new Array(new long[] {rows, COLUMNS}, values);
  }
}
