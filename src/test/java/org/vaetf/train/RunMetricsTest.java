package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.DataException;
import org.vaetf.testing.MetricsCsv;

/** What is read of metrics.csv. */
class RunMetricsTest {
  @TempDir Path folder;

  @Test
  void columnsAreReadByName() throws IOException {
    RunMetrics metrics = MetricsCsv.three(folder);
    assertEquals(List.of("loss", "reconstruction_error", "kl"), metrics.terms());
    assertArrayEquals(new double[] {1, 2, 3}, metrics.epochs());
    assertArrayEquals(new double[] {0.5, 0.25, 0.25}, metrics.seconds());
    assertArrayEquals(new double[] {5, 3, 2}, metrics.train().get("kl"));
    assertArrayEquals(new double[] {20, 12, 13}, metrics.test().get("loss"));
  }

  @Test
  void theBestEpochIsTheFirstLeastOrTheLast() throws IOException {
    RunMetrics metrics = MetricsCsv.three(folder);
    assertEquals(1, metrics.bestRow("loss"));
    assertEquals(2, metrics.bestRow("kl"));
    assertEquals(2, metrics.bestRow("last"));
    RunMetrics equal =
        MetricsCsv.read(folder, MetricsCsv.HEADER + "1,1,1,1,1,1,1,7,1,1\n2,1,1,1,1,1,1,7,1,1\n");
    assertEquals(0, equal.bestRow("loss"));
  }

  @Test
  void aLineThatIsBeingWrittenIsLeftOut() throws IOException {
    assertEquals(
        1,
        MetricsCsv.read(folder, MetricsCsv.HEADER + "1,10,0.5,0.001,30,25,5,20,16,4\n2,20,0.")
            .epochs()
            .length);
  }

  @Test
  void faultsAreOneLine() throws IOException {
    DataException none =
        assertThrows(DataException.class, () -> new RunFolder(folder).readMetrics());
    assertTrue(none.getMessage().contains("has no metrics yet"), none.getMessage());
    DataException empty =
        assertThrows(DataException.class, () -> MetricsCsv.read(folder, MetricsCsv.HEADER));
    assertTrue(empty.getMessage().contains("holds no epoch yet"), empty.getMessage());
    DataException word =
        assertThrows(
            DataException.class,
            () -> MetricsCsv.read(folder, MetricsCsv.HEADER + "1,10,0.5,x,30,25,5,20,16,4\n"));
    assertEquals(2, word.line());
    assertEquals(4, word.column());
    DataException other =
        assertThrows(DataException.class, () -> MetricsCsv.read(folder, "a,b\n1,2\n"));
    assertTrue(other.getMessage().contains("has no column epoch"), other.getMessage());
  }
}
