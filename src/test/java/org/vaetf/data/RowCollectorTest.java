package org.vaetf.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.testing.OneLine;

class RowCollectorTest {
  private static final int ROWS = 100_000;

  private static InMemoryDataSet rows(DataSet.Encoding encoding) {
    RowShape shape = RowShape.of(7);
    int[] labels = new int[ROWS];
    byte[] bytes = new byte[ROWS * 7];
    float[] reals = new float[ROWS * 7];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
      reals[i] = i / 3f;
      labels[i / 7] = i / 7 % 10;
    }
    InMemoryDataSet data =
        encoding == DataSet.Encoding.BYTES
            ? InMemoryDataSet.of("rows", shape, bytes)
            : InMemoryDataSet.of("rows", new Samples(shape, reals));
    return data.withLabels(labels).withClasses(List.of("a", "b"));
  }

  private static Set<String> temporaries() {
    String[] names =
        new File(System.getProperty("java.io.tmpdir"))
            .list((folder, name) -> name.startsWith(RowCollector.temporaryPrefix()));
    return Set.of(names);
  }

  @ParameterizedTest
  @EnumSource
  void memoryAndFileHoldTheSame(DataSet.Encoding encoding) {
    InMemoryDataSet source = rows(encoding);
    Set<String> before = temporaries();
    try (DataSet memory = RowCollector.collect("m", new DataSetReader(source), 1L << 30);
        DataSet file = RowCollector.collect("f", new DataSetReader(source), 500_000)) {
      assertInstanceOf(InMemoryDataSet.class, memory);
      assertInstanceOf(ArrayFile.class, file);
      assertTrue(temporaries().size() > before.size());
      for (DataSet data : List.of(memory, file)) {
        assertEquals(source.slice(0, ROWS), data.slice(0, ROWS));
        assertArrayEquals(source.labels().get(), data.labels().get());
        assertEquals(source.classes(), data.classes());
        assertEquals(encoding, data.encoding());
      }
      assertEquals("f", file.name());
    }
    assertEquals(before, temporaries());
  }

  @Test
  void labelsBeyondMemoryAreOneLineAndLeaveNothing() {
    Set<String> before = temporaries();
    OneLine.ofData(
        () ->
            RowCollector.collect("many", new DataSetReader(rows(DataSet.Encoding.BYTES)), 200_000),
        "many",
        "-Xmx");
    assertEquals(before, temporaries());
  }
}
