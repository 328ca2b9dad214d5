package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.data.Scaling;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Near;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.Array;

/** A step of every preset: it goes down, again to the same bits, and in two towers too. */
class PresetStepTest {
  private static final long SEED = 11;

  /** Small enough for the steepest loss, large enough for the digits of the least. */
  private static final double RATE = 1e-5;

  /** Of a gradient: a weight of 1 rounds by 6e-8, twice. */
  private static final double TOLERANCE = 2 * 6e-8 / RATE + 1e-3;

  static Stream<TinyModel> presets() {
    return TinyModel.presets();
  }

  @ParameterizedTest
  @MethodSource("presets")
  void lowersTheLossAlikeInEveryGraph(TinyModel model) {
    Samples x = model.data(8, 5);
    try (TrainingGraph graph = graph(model, 1);
        TrainingGraph same = graph(model, 1);
        TrainingGraph towers = graph(model, 2)) {
      Map<String, Array> first = graph.weights();
      assertLowersTheLoss(graph, x);
      float[] terms = same.reportedStep(x, 0, RATE, 1);
      assertSameWeights(graph.weights(), same.weights());
      assertTerms(terms, towers.reportedStep(x, 0, RATE, 1));

      // One row cannot be shared out.
      Samples one = model.data(1, 6);
      assertTerms(same.reportedStep(one, 1, RATE, 1), towers.reportedStep(one, 1, RATE, 1));
      Map<String, Array> found = towers.weights();
      same.weights()
          .forEach(
              (name, weight) ->
                  assertNear(
                      gradients(first, name, weight),
                      gradients(first, name, found.get(name)),
                      TOLERANCE,
                      "gradients of " + name));
    }
  }

  private static void assertLowersTheLoss(TrainingGraph graph, Samples x) {
    long[] noise = new Seed(SEED).named("noise").pair(0);
    float[] before = graph.evaluate(x, noise);
    float[] during = graph.reportedStep(x, 0, RATE, 1);
    float[] after = graph.evaluate(x, noise);
    assertTerms(before, during);
    assertTrue(
        Float.isFinite(after[0]) && after[0] < before[0],
        "loss before " + before[0] + ", after " + after[0]);
  }

  private static void assertSameWeights(Map<String, Array> expected, Map<String, Array> found) {
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach(
        (name, weight) -> assertArrayEquals(weight.values(), found.get(name).values(), name));
  }

  private static void assertTerms(float[] expected, float[] found) {
    assertNear(Near.doubles(expected), found, 1e-5, "terms");
  }

  /** The sum of those that have moved a weight, as far as its own digits show them. */
  private static double[] gradients(Map<String, Array> first, String name, Array weight) {
    double[] gradients = Near.doubles(weight.values());
    for (int i = 0; i < gradients.length; i++) {
      gradients[i] = (gradients[i] - first.get(name).values()[i]) / RATE;
    }
    return gradients;
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
