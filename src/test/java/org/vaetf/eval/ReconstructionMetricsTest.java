package org.vaetf.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.InMemoryDataSet;
import org.vaetf.data.Shapes;
import org.vaetf.testing.Golden;
import org.vaetf.testing.OneLine;

class ReconstructionMetricsTest {
  private static final RowShape PAIR = RowShape.of(2);

  @Test
  void imagesAreAsTheScriptFoundThem() {
    for (JsonNode golden : Golden.read("reconstruction").get("images")) {
      String what = golden.get("case").asText();
      double[] shape = Golden.doubles(golden.get("shape"));
      RowShape row = RowShape.image((int) shape[0], (int) shape[1], (int) shape[2]);
      Samples x = new Samples(row, Golden.floats(golden.get("original")));
      Samples y = new Samples(row, Golden.floats(golden.get("reconstruction")));
      ReconstructionMetrics metrics = new ReconstructionMetrics(row, 255);
      assertNear(
          Golden.doubles(golden.get("squared_error")), metrics.squaredErrors(x, y), 1e-8, what);
      assertNear(
          Golden.doubles(golden.get("decibels")),
          metrics.peakSignalToNoiseDecibels(x, y).orElseThrow(),
          1e-8,
          what);
      assertNear(
          Golden.doubles(golden.get("similarity")),
          metrics.structuralSimilarities(x, y).orElseThrow(),
          1e-8,
          what);
      assertNear(
          metrics.structuralSimilarities(x, y).orElseThrow(),
          metrics.structuralSimilarities(y, x).orElseThrow(),
          1e-12,
          what + ", the other way round");
    }
  }

  @Test
  void whatIsEqualIsInfinitelyGoodAndSimilarityOne() {
    Samples x = new Shapes(3, 16, 0).slice(0, 3);
    ReconstructionMetrics metrics = new ReconstructionMetrics(x.shape(), 255);
    assertEquals(
        Double.POSITIVE_INFINITY, metrics.peakSignalToNoiseDecibels(x, x).orElseThrow()[2]);
    assertNear(
        new double[] {1, 1, 1}, metrics.structuralSimilarities(x, x).orElseThrow(), 1e-12, "same");
  }

  /** Flat images differ in luminance alone: (2 ab + C1) / (a² + b² + C1), C1 = (0.01 L)². */
  @Test
  void flatImagesHaveAClosedForm() {
    RowShape row = RowShape.image(12, 13, 1);
    float[] a = new float[row.size()];
    float[] b = new float[row.size()];
    java.util.Arrays.fill(a, 100);
    java.util.Arrays.fill(b, 130);
    double c1 = 2.55 * 2.55;
    double expected = (2 * 100 * 130 + c1) / (100 * 100 + 130 * 130 + c1);
    ReconstructionMetrics metrics = new ReconstructionMetrics(row, 255);
    double[] found =
        metrics.structuralSimilarities(new Samples(row, a), new Samples(row, b)).orElseThrow();
    assertNear(new double[] {expected}, found, 1e-10, "flat");
  }

  @Test
  void thePeakIsThatOfTheEncoding() {
    assertEquals(255, ReconstructionMetrics.of(new Shapes(4, 8, 0)).peak());
    float[] values = new float[2 * 300_000];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    values[0] = -3; // The first and the last of more rows than are read at once.
    values[values.length - 1] = 7;
    InMemoryDataSet reals = InMemoryDataSet.of("reals", new Samples(PAIR, values));
    assertEquals(10, ReconstructionMetrics.of(reals).peak());
  }

  @Test
  void whatHasNoMeaningIsAbsent() {
    Samples x = Samples.of(new float[][] {{1, 2}});
    ReconstructionMetrics table = new ReconstructionMetrics(PAIR, 4);
    assertEquals(Optional.empty(), table.structuralSimilarities(x, x).map(v -> v[0]));
    assertTrue(table.peakSignalToNoiseDecibels(x, x).isPresent());

    Samples same = new Samples(RowShape.image(2, 2, 1), new float[] {5, 5, 5, 5});
    ReconstructionMetrics constant = ReconstructionMetrics.of(InMemoryDataSet.of("one", same));
    assertEquals(0, constant.peak());
    assertTrue(constant.peakSignalToNoiseDecibels(same, same).isEmpty());
    assertTrue(constant.structuralSimilarities(same, same).isEmpty());
  }

  @Test
  void rowsThatDoNotPairAreRefused() {
    ReconstructionMetrics metrics = new ReconstructionMetrics(PAIR, 1);
    Samples one = Samples.of(new float[][] {{1, 2}});
    Samples two = Samples.of(new float[][] {{1, 2}, {3, 4}});
    Samples wide = Samples.of(new float[][] {{1, 2, 3}});
    OneLine.ofConfig(() -> metrics.squaredErrors(one, two), "reconstructed rows is 2", "1, one");
    OneLine.ofConfig(() -> metrics.squaredErrors(one, wide), "the reconstruction", "[3]", "[2]");
    OneLine.ofConfig(() -> new ReconstructionMetrics(PAIR, Double.NaN), "peak is NaN");
  }
}
