package org.vaetf.eval;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.data.DataRequest;
import org.vaetf.data.DataSet;
import org.vaetf.data.DataSources;
import org.vaetf.data.DataSplit;
import org.vaetf.testing.Figure;
import org.vaetf.testing.TestData;
import org.vaetf.tf.Compute;

/** The numbers put what anyone can see in the right order: official digits, whole and spoilt. */
@Tag("slow")
class DigitMetricsTest {
  private static final int ROWS = 2000;
  private static final int SIDE = 28;
  private static DataSplit digits;
  private static DigitFeatures features;

  @BeforeAll
  static void open() {
    String folder = TestData.folder("mnist").toString();
    digits = new DataSources().split(DataRequest.of(folder), new Seed(0));
    features = DigitFeatures.open(Compute.defaults());
  }

  @AfterAll
  static void close() {
    if (features != null) {
      features.close();
      digits.close();
    }
  }

  /**
   * Precision and recall of a sample of the same digits are below 1: among 64 features not every
   * digit has a near one in another sample. So test digits are held against training digits.
   */
  @Test
  void testDigitsAreLikeTrainingDigitsAndSpoiltOnesAreNot() {
    GenerationMetrics others = compare("training digits", digits.train(), part -> part);
    GenerationMetrics whole = compare("test digits", digits.test(), part -> part);
    GenerationMetrics little = compare("blurred, σ 0.7", digits.test(), part -> blurred(part, 0.7));
    GenerationMetrics much = compare("blurred, σ 1.5", digits.test(), part -> blurred(part, 1.5));
    GenerationMetrics noise = compare("noise", digits.test(), DigitMetricsTest::noise);

    assertNear(others.precision(), whole.precision(), 0.05, "precision of test digits");
    assertNear(others.recall(), whole.recall(), 0.05, "recall of test digits");
    assertTrue(whole.precision() > 0.8 && whole.recall() > 0.8, whole.toString());
    assertTrue(whole.frechetDistance() < 10, whole.toString());
    assertTrue(little.frechetDistance() > 2 * whole.frechetDistance(), little.toString());
    assertTrue(much.frechetDistance() > 4 * little.frechetDistance(), much.toString());
    assertTrue(noise.frechetDistance() > 2 * much.frechetDistance(), noise.toString());
    assertTrue(little.recall() < whole.recall() - 0.1, little.toString());
    assertTrue(much.recall() < little.recall() - 0.2, much.toString());
    assertTrue(noise.precision() < 0.1 && noise.recall() < 0.01, noise.toString());
  }

  /**
   * The distance of two samples of the same digits is not 0, and the greater the smaller they are.
   */
  @Test
  void fewRowsSeemFartherApart() {
    SplittableRandom random = new SplittableRandom(2);
    double nearer = Double.POSITIVE_INFINITY;
    for (int rows : new int[] {250, 1000, 4000}) {
      int[] some = IntStream.range(0, rows).map(i -> random.nextInt(60_000)).toArray();
      GenerationMetrics found =
          GenerationMetrics.of(
              features,
              digits.train(),
              Stream.of(pick(digits.train(), some)),
              GenerationSettings.defaults().withRows(rows),
              count -> {});
      report(rows + " training digits", found);
      assertTrue(found.frechetDistance() < nearer / 2, found.toString());
      nearer = found.frechetDistance();
    }
  }

  /** Two digits of ten, perfect ones: nothing is wrong with them but what is missing. */
  @Test
  void missingClassesCostRecallAndNotPrecision() {
    int[] labels = digits.test().labels().orElseThrow();
    int[] rows = IntStream.range(0, labels.length).filter(row -> labels[row] < 2).toArray();
    GenerationMetrics found = compare("zeros and ones", pick(digits.test(), rows), part -> part);
    assertTrue(found.precision() > 0.8, found.toString());
    assertTrue(found.recall() < 0.3, found.toString());
  }

  private static GenerationMetrics compare(
      String what, DataSet data, UnaryOperator<Samples> change) {
    SplittableRandom random = new SplittableRandom(1);
    int[] rows = IntStream.range(0, ROWS).map(i -> random.nextInt(data.rows())).toArray();
    return compare(what, pick(data, rows), change);
  }

  private static Samples pick(DataSet data, int[] rows) {
    return Samples.concatenate(
        Arrays.stream(rows).mapToObj(row -> data.slice(row, row + 1)).toList());
  }

  private static GenerationMetrics compare(
      String what, Samples rows, UnaryOperator<Samples> change) {
    GenerationMetrics found =
        GenerationMetrics.of(
            features,
            digits.train(),
            Stream.of(change.apply(rows)),
            GenerationSettings.defaults().withRows(ROWS),
            count -> {});
    report(what, found);
    return found;
  }

  private static void report(String what, GenerationMetrics found) {
    Figure.print(
        "digits: %s: Fréchet distance %.2f, precision %.3f, recall %.3f",
        what, found.frechetDistance(), found.precision(), found.recall());
  }

  private static Samples noise(Samples part) {
    SplittableRandom random = new SplittableRandom(Arrays.hashCode(part.values()));
    float[] values = new float[part.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(256);
    }
    return new Samples(part.shape(), values);
  }

  /** Convolved with a Gaussian, black beyond the edge. */
  private static Samples blurred(Samples part, double sigma) {
    float[] along = blurredOneWay(part.values(), sigma, 1);
    return new Samples(part.shape(), blurredOneWay(along, sigma, SIDE));
  }

  private static float[] blurredOneWay(float[] values, double sigma, int step) {
    float[] result = new float[values.length];
    double total = 0;
    for (int k = -6; k <= 6; k++) {
      total += Math.exp(-k * k / (2 * sigma * sigma));
    }
    for (int i = 0; i < values.length; i++) {
      int place = i / step % SIDE;
      double sum = 0;
      for (int k = Math.max(-6, -place); k <= Math.min(6, SIDE - 1 - place); k++) {
        sum += Math.exp(-k * k / (2 * sigma * sigma)) / total * values[i + k * step];
      }
      result[i] = (float) sum;
    }
    return result;
  }
}
