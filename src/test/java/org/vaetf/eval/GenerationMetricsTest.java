package org.vaetf.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.vaetf.base.DataException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.DataSet;
import org.vaetf.data.InMemoryDataSet;
import org.vaetf.testing.Golden;
import org.vaetf.testing.OneLine;

class GenerationMetricsTest {
  private static final GenerationSettings SETTINGS = GenerationSettings.defaults();
  private static final Features THEMSELVES = rows -> rows;

  @Test
  void precisionAndRecallAreWhatTheScriptFound() {
    for (JsonNode golden : Golden.read("generation").get("pairs")) {
      Samples real = Golden.array(golden.get("real")).rows();
      Samples generated = Golden.array(golden.get("generated")).rows();
      for (JsonNode manifold : golden.get("manifolds")) {
        int neighbours = manifold.get("neighbours").asInt();
        GenerationMetrics found =
            GenerationMetrics.of(real, generated, SETTINGS.withNeighbours(neighbours));
        String what = golden.get("case").asText() + ", k = " + neighbours;
        assertEquals(real.rows(), found.realRows());
        assertEquals(generated.rows(), found.generatedRows());
        assertEquals(neighbours, found.neighbours());
        assertNear(manifold.get("precision").asDouble(), found.precision(), 1e-8, what);
        assertNear(manifold.get("recall").asDouble(), found.recall(), 1e-8, what);
        assertNear(golden.get("frechet").asDouble(), found.frechetDistance(), 1e-8, what);
      }
    }
  }

  /**
   * On a line, k = 1: the real points 0, 1 and 10 have radii 1, 1 and 9. So 2 is inside (the ball
   * of 1 ends there), −1.5 is not, 19 is, 19.5 is not. The radii of 2, −1.5, 19 and 19.5 are 3.5,
   * 3.5, 0.5 and 0.5: they take in 0 and 1 but not 10.
   */
  @Test
  void ballsOnALineAreAsByHand() {
    GenerationMetrics found =
        GenerationMetrics.of(line(0, 1, 10), line(2, -1.5f, 19, 19.5f), SETTINGS.withNeighbours(1));
    assertEquals(0.5, found.precision());
    assertEquals(2.0 / 3, found.recall());
  }

  /** k = 2, and a point that is there twice: the other of them is a neighbour at no distance. */
  @Test
  void equalPointsAreNeighbours() {
    GenerationMetrics found =
        GenerationMetrics.of(
            line(0, 0, 0, 5), line(0, 0.1f, 10, 10.1f), SETTINGS.withNeighbours(2));
    // Radii of the real points: 0, 0, 0 and 5; of the others 10, 9.9, 9.9 and 10.
    assertEquals(0.75, found.precision());
    assertEquals(1, found.recall());
  }

  private static Samples line(float... values) {
    return new Samples(RowShape.of(1), values);
  }

  @Test
  void aSampleIsLikeItself() {
    Samples rows = cloud(300, 7, 0);
    GenerationMetrics found = GenerationMetrics.of(rows, rows, SETTINGS);
    assertNear(0.0, found.frechetDistance(), 1e-12, "distance");
    assertEquals(1, found.precision());
    assertEquals(1, found.recall());
  }

  /** More rows than one piece or block of distances takes. */
  @Test
  void threadsDoNotMatter() {
    Samples real = cloud(517, 5, 1);
    Samples generated = cloud(402, 5, 2);
    assertEquals(
        GenerationMetrics.of(real, generated, SETTINGS.withThreads(1)),
        GenerationMetrics.of(real, generated, SETTINGS.withThreads(5)));
  }

  private static Samples cloud(int rows, int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[rows * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return new Samples(RowShape.of(size), values);
  }

  @Test
  void realRowsAreDrawnFromEachStretchAndGeneratedOnesTakenAsTheyCome() {
    List<Float> seen = new ArrayList<>();
    Features noting =
        rows -> {
          for (float value : rows.values()) {
            seen.add(value);
          }
          return rows;
        };
    DataSet real = data(IntStream.range(0, 23));
    Stream<Samples> generated =
        Stream.of(line(100, 101, 102), line(103, 104, 105), line(106))
            .peek(part -> seen.add(-(float) part.rows()));
    int[] done = {0};
    GenerationMetrics found =
        GenerationMetrics.of(
            noting, real, generated, SETTINGS.withRows(5), rows -> done[0] += rows);
    assertEquals(List.of(-3f, 100f, 101f, 102f, -3f, 103f, 104f), seen.subList(5, seen.size()));
    for (int i = 0; i < 5; i++) {
      int row = (int) (float) seen.get(i);
      assertTrue(row >= i * 23 / 5 && row < (i + 1) * 23 / 5, i + ": " + row);
    }
    assertEquals(10, done[0]);
    assertEquals(5, found.realRows());
    assertEquals(5, found.generatedRows());
    List<Float> before = List.copyOf(seen.subList(0, 5));
    seen.clear();
    for (long seed = 0; seed < 2; seed++) {
      GenerationMetrics.of(
          noting, real, real, SETTINGS.withRows(5).withSeed(seed), rows -> done[0] += rows);
    }
    assertEquals(before, seen.subList(0, 5), "the same seed draws the same rows");
    assertNotEquals(before, seen.subList(5, 10), "generated rows have draws of their own");
    assertNotEquals(before, seen.subList(10, 15), "another seed draws others");
  }

  private static DataSet data(IntStream values) {
    int[] all = values.toArray();
    float[] floats = new float[all.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = all[i];
    }
    return InMemoryDataSet.of("numbers", line(floats));
  }

  @Test
  void twoDataSetsCompareAsTheirFeatures() {
    Samples real = cloud(40, 3, 1);
    Samples generated = cloud(30, 3, 2);
    assertEquals(
        GenerationMetrics.of(real, generated, SETTINGS),
        GenerationMetrics.of(
            THEMSELVES,
            InMemoryDataSet.of("real", real),
            InMemoryDataSet.of("generated", generated),
            SETTINGS,
            rows -> {}));
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    DataSet real = data(IntStream.range(0, 9));
    OneLine.ofConfig(
        () -> compare(THEMSELVES, real, line(1, 2, 3)), "generated rows is 3", "4 or more");
    OneLine.ofConfig(
        () -> GenerationMetrics.of(THEMSELVES, real, Stream.empty(), SETTINGS, rows -> {}),
        "generated rows is 0");
    OneLine.ofConfig(
        () -> compare(THEMSELVES, data(IntStream.range(0, 2)), line(1, 2, 3, 4)), "real rows is 2");
    OneLine.ofConfig(
        () -> compare(THEMSELVES, real, line(1, 2, Float.NaN, 4)),
        "feature 0 of the generated row 2 is NaN");
    OneLine.ofConfig(
        () -> compare(THEMSELVES, real, cloud(9, 2, 0)), "the generated rows is [2]", "[1]");
    OneLine.ofConfig(
        () -> compare(rows -> line(1), real, line(1, 2, 3, 4)), "rows of features is 1", "9");
    DataException shape =
        assertThrows(
            DataException.class,
            () ->
                GenerationMetrics.of(
                    THEMSELVES,
                    real,
                    InMemoryDataSet.of("wide", cloud(9, 2, 0)),
                    SETTINGS,
                    rows -> {}));
    assertEquals("wide", shape.source());
    OneLine.ofConfig(() -> SETTINGS.withNeighbours(0), "neighbours is 0");
    OneLine.ofConfig(() -> SETTINGS.withRows(3), "neighbours is 3", "fewer than 3");
    OneLine.ofConfig(() -> SETTINGS.withThreads(-1), "threads is -1");
  }

  private static GenerationMetrics compare(Features features, DataSet real, Samples generated) {
    return GenerationMetrics.of(features, real, Stream.of(generated), SETTINGS, rows -> {});
  }
}
