package org.vaetf.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.testing.OneLine;

class BatchesTest {

  /** Row i is i, i, i, i, modulo 256; its label is i. */
  private static DataSet data(int rows) {
    byte[] values = new byte[rows * 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (i / 4);
    }
    return InMemoryDataSet.of("rows", RowShape.of(4), values)
        .withLabels(IntStream.range(0, rows).toArray());
  }

  private static Batches plain(DataSet data, int batch, long seed) {
    return new Batches(data, batch, Scaling.none(), Binarization.NONE, new Seed(seed));
  }

  private static int[] order(Iterable<Batch> epoch) {
    List<int[]> parts = new ArrayList<>();
    epoch.forEach(batch -> parts.add(batch.labels().orElseThrow()));
    return parts.stream().flatMapToInt(Arrays::stream).toArray();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "10, 3", "10, 5", "10, 10", "1000, 128", "1001, 7"})
  void anEpochIsEveryRowOnce(int rows, int batch) {
    Batches batches = plain(data(rows), batch, 5);
    int[] order = order(batches.shuffled(2));
    assertArrayEquals(IntStream.range(0, rows).toArray(), Arrays.stream(order).sorted().toArray());
    assertEquals((rows + batch - 1) / batch, batches.count());
    assertArrayEquals(IntStream.range(0, rows).toArray(), order(batches.inOrder()));
  }

  @Test
  void ordersDifferByEpochAndSeedAndRepeat() {
    int[] first = order(plain(data(100), 10, 5).shuffled(0));
    assertArrayEquals(first, order(plain(data(100), 7, 5).shuffled(0)));
    assertFalse(Arrays.equals(first, order(plain(data(100), 10, 5).shuffled(1))));
    assertFalse(Arrays.equals(first, order(plain(data(100), 10, 6).shuffled(0))));
  }

  @Test
  void everyOrderIsAsLikely() {
    // 24 orders of 4 rows, 24,000 epochs: each 1,000 times, deviation 31.
    int[] counts = new int[256];
    Batches batches = plain(data(4), 4, 1);
    for (int epoch = 0; epoch < 24_000; epoch++) {
      int[] rows = batches.shuffled(epoch).rows(0);
      counts[rows[0] * 64 + rows[1] * 16 + rows[2] * 4 + rows[3]]++;
    }
    int[] seen = Arrays.stream(counts).filter(count -> count > 0).toArray();
    assertEquals(24, seen.length);
    for (int count : seen) {
      assertEquals(1000, count, 160);
    }
  }

  @Test
  void anEpochGoesOnFromAnyBatch() {
    Batches.Epoch epoch = plain(data(25), 4, 5).shuffled(3);
    int[] all = order(epoch);
    assertArrayEquals(Arrays.copyOfRange(all, 16, 25), order(epoch.from(4)));
    assertArrayEquals(new int[0], order(epoch.from(7)));
    assertEquals(1, epoch.get(6).samples().rows());
    assertThrows(IndexOutOfBoundsException.class, () -> epoch.from(8));
    assertThrows(IndexOutOfBoundsException.class, () -> epoch.get(7));
  }

  @Test
  void bytesComeAsTheyAreStored() {
    RowShape shape = RowShape.of(4);
    byte[] values = new byte[40];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (i * 7);
    }
    Batches batches =
        new Batches(
            InMemoryDataSet.of("bytes", shape, values),
            3,
            Scaling.none(),
            Binarization.NONE,
            new Seed(1));
    assertTrue(batches.areStoredBytes());
    Batches.Epoch epoch = batches.shuffled(1);
    for (int i = 0; i < epoch.count(); i++) {
      assertEquals(epoch.get(i).samples(), epoch.stored(i).toSamples());
    }
  }

  @Test
  void realOrDrawnValuesAreNotStoredBytes() {
    assertFalse(
        plain(InMemoryDataSet.of("reals", Samples.of(new float[][] {{1}})), 1, 1).areStoredBytes());
    Batches drawn =
        new Batches(
            InMemoryDataSet.of("bytes", RowShape.of(1), new byte[] {7}),
            1,
            Scaling.unit(),
            Binarization.STOCHASTIC,
            new Seed(1));
    assertFalse(drawn.areStoredBytes());
    assertThrows(IllegalStateException.class, () -> drawn.inOrder().stored(0));
  }

  @Test
  void valuesAreScaled() {
    Batches batches = new Batches(data(200), 200, Scaling.unit(), Binarization.NONE, new Seed(1));
    assertEquals(51 / 255f, batches.inOrder().get(0).samples().row(51)[0]);
    float[] into = new float[800];
    assertEquals(200, batches.inOrder().get(0, into));
    assertArrayEquals(batches.inOrder().get(0).samples().values(), into);
  }

  @Test
  void thresholdIsAtOneHalf() {
    Samples rows = Samples.of(new float[][] {{0, 0.4999f, 0.5f, 1}});
    Batches batches =
        new Batches(
            InMemoryDataSet.of("rows", rows),
            1,
            Scaling.none(),
            Binarization.THRESHOLD,
            new Seed(1));
    assertArrayEquals(new float[] {0, 0, 1, 1}, batches.inOrder().get(0).samples().values());
  }

  @Test
  void stochasticDrawsHaveTheirProbability() {
    float[] values = new float[90_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 3 / 2f;
    }
    Batches batches =
        new Batches(
            InMemoryDataSet.of("rows", new Samples(RowShape.of(90), values)),
            1000,
            Scaling.none(),
            Binarization.STOCHASTIC,
            new Seed(1));
    float[] drawn = batches.inOrder().get(0).samples().values();
    int[] ones = new int[3];
    for (int i = 0; i < drawn.length; i++) {
      assertEquals(true, drawn[i] == 0 || drawn[i] == 1);
      ones[i % 3] += (int) drawn[i];
    }
    assertEquals(0, ones[0]);
    // Half of 30,000, deviation 87.
    assertEquals(15_000, ones[1], 450);
    assertEquals(30_000, ones[2]);
    assertArrayEquals(drawn, batches.inOrder().get(0).samples().values());
  }

  @Test
  void drawsDependOnEpochAndRowAlone() {
    DataSet data = data(128);
    Batches small = new Batches(data, 5, Scaling.unit(), Binarization.STOCHASTIC, new Seed(9));
    Batches large = new Batches(data, 128, Scaling.unit(), Binarization.STOCHASTIC, new Seed(9));
    List<Samples> parts = new ArrayList<>();
    small.shuffled(1).forEach(batch -> parts.add(batch.samples()));
    Samples whole = large.shuffled(1).get(0).samples();
    assertEquals(whole, Samples.concatenate(parts));
    float[][] byRow = new float[2][];
    for (int epoch = 0; epoch < 2; epoch++) {
      int[] rows = large.shuffled(epoch).rows(0);
      int at = IntStream.range(0, 128).filter(i -> rows[i] == 100).findFirst().orElseThrow();
      byRow[epoch] = large.shuffled(epoch).get(0).samples().row(at);
    }
    assertFalse(
        Arrays.equals(byRow[0], byRow[1])
            && Arrays.equals(large.inOrder().get(0).samples().row(100), byRow[0]));
  }

  @Test
  void refusals() {
    OneLine.ofConfig(() -> plain(data(3), 4, 1).shuffled(0), "batch is 4", "at most 3");
    assertEquals(3, plain(data(3), 4, 1).inOrder().get(0).samples().rows());
    OneLine.ofConfig(() -> plain(data(3), 0, 1), "batch is 0");
    Batches raw = new Batches(data(9), 9, Scaling.none(), Binarization.STOCHASTIC, new Seed(1));
    OneLine.ofConfig(() -> raw.shuffled(0).get(0), "value to binarize", "0 to 1", "unit");
    Scaling other = new Scaling(Scaling.Kind.STANDARDIZE, new float[3], new float[] {1, 1, 1});
    OneLine.ofConfig(() -> new Batches(data(9), 9, other, Binarization.NONE, new Seed(1)), "[4]");
  }
}
