package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.DataException;

/** What is read of metrics.csv. */
class RunMetricsTest {
  private static final String HEADER =
      "epoch,step,seconds,learning_rate,train_loss_nats,train_reconstruction_error_nats,"
          + "train_kl_nats,test_loss_nats,test_reconstruction_error_nats,test_kl_nats\n";

  @TempDir Path folder;

  private RunMetrics read(String text) throws IOException {
    Files.writeString(folder.resolve("metrics.csv"), text);
    return new RunFolder(folder).readMetrics();
  }

  private RunMetrics three() throws IOException {
    return read(
        HEADER
            + "1,10,0.5,0.001,30,25,5,20,16,4\n"
            + "2,20,0.25,0.001,15,12,3,12,9,3.5\n"
            + "3,30,0.25,0.001,14,12,2,13,9.5,3.25\n");
  }

  @Test
  void columnsAreReadByName() throws IOException {
    RunMetrics metrics = three();
    assertEquals(List.of("loss", "reconstruction_error", "kl"), metrics.terms());
    assertArrayEquals(new double[] {1, 2, 3}, metrics.epochs());
    assertArrayEquals(new double[] {0.5, 0.25, 0.25}, metrics.seconds());
    assertArrayEquals(new double[] {5, 3, 2}, metrics.train().get("kl"));
    assertArrayEquals(new double[] {20, 12, 13}, metrics.test().get("loss"));
  }

  @Test
  void theBestEpochIsTheFirstLeastOrTheLast() throws IOException {
    RunMetrics metrics = three();
    assertEquals(1, metrics.bestRow("loss"));
    assertEquals(2, metrics.bestRow("kl"));
    assertEquals(2, metrics.bestRow("last"));
    RunMetrics equal = read(HEADER + "1,1,1,1,1,1,1,7,1,1\n2,1,1,1,1,1,1,7,1,1\n");
    assertEquals(0, equal.bestRow("loss"));
  }

  @Test
  void aLineThatIsBeingWrittenIsLeftOut() throws IOException {
    assertEquals(1, read(HEADER + "1,10,0.5,0.001,30,25,5,20,16,4\n2,20,0.").epochs().length);
  }

  @Test
  void faultsAreOneLine() throws IOException {
    DataException none =
        assertThrows(DataException.class, () -> new RunFolder(folder).readMetrics());
    assertTrue(none.getMessage().contains("has no metrics yet"), none.getMessage());
    DataException empty = assertThrows(DataException.class, () -> read(HEADER));
    assertTrue(empty.getMessage().contains("holds no epoch yet"), empty.getMessage());
    DataException word =
        assertThrows(DataException.class, () -> read(HEADER + "1,10,0.5,x,30,25,5,20,16,4\n"));
    assertEquals(2, word.line());
    assertEquals(4, word.column());
    DataException other = assertThrows(DataException.class, () -> read("a,b\n1,2\n"));
    assertTrue(other.getMessage().contains("has no column epoch"), other.getMessage());
  }
}
