package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaetf.base.LabelledRows;
import org.vaetf.base.Rows;
import org.vaetf.base.Samples;
import org.vaetf.data.Scaling;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Near;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.Array;

/** A step of every preset: it goes down, again to the same bits, and in two towers too. */
@Tag("slow")
class PresetStepTest {
  private static final long SEED = 11;

  /** Small enough for the steepest loss, large enough for the digits of the least. */
  private static final double RATE = 1e-5;

  /** Of a gradient: a weight of 1 rounds by 6e-8, in each graph. */
  private static final double TOLERANCE = 2 * 6e-8 / RATE + 1e-3;

  static Stream<TinyModel> presets() {
    return TinyModel.presets();
  }

  @ParameterizedTest
  @MethodSource("presets")
  void lowersTheLossAlikeInEveryGraph(TinyModel model) {
    Rows x = rows(model, 8);
    try (TrainingGraph graph = graph(model, 1);
        TrainingGraph same = graph(model, 1);
        TrainingGraph towers = graph(model, 2)) {
      Map<String, Array> first = graph.weights();
      float[] before = graph.reportedStep(x, 0, RATE, 1);
      Map<String, Array> weights = graph.weights();
      // A step's number is the key of its noise.
      float after = graph.reportedStep(x, 0, RATE, 1)[0];
      assertTrue(
          Float.isFinite(after) && after < before[0],
          "loss before " + before[0] + ", after " + after);

      assertArrayEquals(before, same.reportedStep(x, 0, RATE, 1), "terms of the same seed");
      assertSameWeights(weights, same.weights());

      assertNear(Near.doubles(before), towers.reportedStep(x, 0, RATE, 1), 1e-5, "terms");
      Map<String, Array> found = towers.weights();
      weights.forEach(
          (name, weight) ->
              assertNear(
                  gradient(first, name, weight),
                  gradient(first, name, found.get(name)),
                  TOLERANCE,
                  "gradient of " + name));
      for (float term : towers.reportedStep(rows(model, 1), 1, RATE, 1)) {
        assertTrue(Float.isFinite(term), "one row, which cannot be shared out: " + term);
      }
    }
  }

  private static Rows rows(TinyModel model, int rows) {
    Samples x = model.data(rows, 5);
    return model.config().condition().needsLabels() ? new LabelledRows(x, model.labels(rows)) : x;
  }

  private static void assertSameWeights(Map<String, Array> expected, Map<String, Array> found) {
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach(
        (name, weight) -> assertArrayEquals(weight.values(), found.get(name).values(), name));
  }

  /** What has moved a weight, as far as the weight's digits show it. */
  private static double[] gradient(Map<String, Array> first, String name, Array weight) {
    double[] gradient = Near.doubles(weight.values());
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (gradient[i] - first.get(name).values()[i]) / RATE;
    }
    return gradient;
  }

  private static TrainingGraph graph(TinyModel model, int towers) {
    TrainingGraph graph =
        new TrainingGraph(
            model.config(),
            new TrainingGraph.Feed(model.shape(), Scaling.unit(), false, 1000),
            TrainingConfig.defaults()
                .withOptimizer(OptimizerConfig.of(UpdateRule.SGD))
                .withTowers(towers)
                .withSeed(SEED)
                .withBatch(8)
                .withCompute(Evaluate.ONE_THREAD));
    int pseudoInputs = model.config().prior().rowsOfData();
    if (pseudoInputs > 0) {
      graph.setPseudoInputs(model.data(pseudoInputs, 7));
    }
    return graph;
  }
}
