package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.base.ByteSamples;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.data.InMemoryDataSet;
import org.vaetf.data.Scaling;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Near;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.Array;

/** One step of gradient descent against the same computed by hand from the gradients. */
class TrainingStepTest {
  private static final long SEED_NUMBER = 21;
  private static final Seed SEED = new Seed(SEED_NUMBER);
  private static final double RATE = 0.5;
  private static final OptimizerConfig SGD = OptimizerConfig.of(UpdateRule.SGD);
  private static final TinyModel MODEL = TinyModel.of("vae dense learned");

  @Test
  void plain() {
    assertStep(SGD, (name, gradients) -> Near.doubles(gradients.get(name).values()));
  }

  /** 6 rows: shared out evenly, unevenly, and to more towers than rows. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7})
  void anyNumberOfTowers(int towers) {
    assertStep(graph(SGD, towers), (name, gradients) -> Near.doubles(gradients.get(name).values()));
  }

  @ParameterizedTest
  @EnumSource(Scaling.Kind.class)
  void bytesAreScaledInTheGraphAsInJava(Scaling.Kind kind) {
    int size = MODEL.shape().size();
    byte[] values = new byte[6 * size];
    new Random(5).nextBytes(values);
    ByteSamples stored = new ByteSamples(MODEL.shape(), values);
    Scaling scaling =
        switch (kind) {
          case UNIT -> Scaling.unit();
          case NONE -> Scaling.none();
          case STANDARDIZE -> Scaling.fit(kind, InMemoryDataSet.of("bytes", MODEL.shape(), values));
        };
    Samples scaled = stored.toSamples();
    scaling.apply(scaled.values());
    TrainingConfig training = training(SGD.withLearningRate(1e-4), 2);
    try (TrainingGraph inGraph =
            new TrainingGraph(
                MODEL.config(),
                new TrainingGraph.Feed(MODEL.shape(), scaling, true, 1000),
                training);
        TrainingGraph inJava =
            new TrainingGraph(
                MODEL.config(),
                new TrainingGraph.Feed(MODEL.shape(), scaling, false, 1000),
                training)) {
      float[] expected = inJava.reportedStep(scaled, 0, 1e-6, 1);
      float[] terms = inGraph.reportedStep(stored, 0, 1e-6, 1);
      for (int i = 0; i < expected.length; i++) {
        assertNear(expected[i], terms[i], 1e-5 * Math.abs(expected[i]), "term " + i);
      }
      Map<String, Array> found = inGraph.weights();
      inJava
          .weights()
          .forEach(
              (name, weight) ->
                  assertNear(Near.doubles(weight.values()), found.get(name).values(), 2e-6, name));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void reportedOrNot(int towers) {
    OptimizerConfig rule = OptimizerConfig.defaults().withWeightDecay(0.1).withClipNorm(1);
    try (TrainingGraph silent = graph(rule, towers);
        TrainingGraph reported = graph(rule, towers)) {
      for (int step = 0; step < 3; step++) {
        silent.step(data(), step, 0.01, 1);
        float[] evaluated = reported.evaluate(data(), SEED.named("noise").pair(step));
        assertArrayEquals(evaluated, reported.reportedStep(data(), step, 0.01, 1));
      }
      Map<String, Array> found = reported.weights();
      silent
          .weights()
          .forEach(
              (name, weight) -> assertArrayEquals(weight.values(), found.get(name).values(), name));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.3})
  void clippedByValue(double limit) {
    assertStep(
        SGD.withClipValue(limit),
        (name, gradients) -> clipped(Near.doubles(gradients.get(name).values()), limit));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1e6})
  void clippedByTheNormOfAllTogether(double limit) {
    assertStep(
        SGD.withClipNorm(limit),
        (name, gradients) -> {
          double squares = 0;
          for (Array gradient : gradients.values()) {
            squares += squares(Near.doubles(gradient.values()));
          }
          return times(
              Near.doubles(gradients.get(name).values()), Math.min(1, limit / Math.sqrt(squares)));
        });
  }

  @Test
  void valueBeforeNorm() {
    double value = 0.2;
    double norm = 0.4;
    assertStep(
        SGD.withClipValue(value).withClipNorm(norm),
        (name, gradients) -> {
          double squares = 0;
          for (Array gradient : gradients.values()) {
            squares += squares(clipped(Near.doubles(gradient.values()), value));
          }
          assertTrue(squares > norm * norm, "the norm must count");
          return times(
              clipped(Near.doubles(gradients.get(name).values()), value),
              norm / Math.sqrt(squares));
        });
  }

  @Test
  void weightDecayShrinksKernelsAlone() {
    double decay = 0.1;
    try (TrainingGraph graph = graph(SGD.withWeightDecay(decay))) {
      Map<String, Array> before = graph.weights();
      Map<String, Array> gradients = gradients(before);
      graph.step(data(), 0, RATE, 1);
      Map<String, Array> after = graph.weights();
      assertTrue(before.keySet().stream().anyMatch(name -> !name.endsWith(".kernel")));
      before.forEach(
          (name, weight) -> {
            double[] expected = Near.doubles(weight.values());
            for (int i = 0; i < expected.length; i++) {
              double shrink = name.endsWith(".kernel") ? 1 - RATE * decay : 1;
              expected[i] = expected[i] * shrink - RATE * gradients.get(name).values()[i];
            }
            assertNear(expected, after.get(name).values(), 2e-6, name);
          });
    }
  }

  @ParameterizedTest
  @EnumSource(UpdateRule.class)
  void aStepThatIsNotFiniteMovesNothing(UpdateRule rule) {
    OptimizerConfig optimizer = OptimizerConfig.of(rule).withWeightDecay(0.1).withClipNorm(1);
    TrainingConfig training = training(optimizer, 2).withNanPolicy(NanPolicy.SKIP);
    Samples bad = data();
    bad.values()[3] = Float.NaN;
    try (TrainingGraph skipping = graph(training)) {
      Map<String, Array> before = skipping.weights();
      skipping.step(bad, 0, 0.01, 1);
      assertTrue(Float.isNaN(skipping.reportedStep(bad, 1, 0.01, 1)[0]));
      assertSameWeights(before, skipping.weights());
    }
    try (TrainingGraph skipping = graph(training);
        TrainingGraph plain = graph(optimizer, 2)) {
      skipping.step(data(), 0, 0.01, 1);
      plain.step(data(), 0, 0.01, 1);
      assertSameWeights(plain.weights(), skipping.weights());
    }
  }

  private static void assertSameWeights(Map<String, Array> expected, Map<String, Array> found) {
    expected.forEach(
        (name, weight) -> assertArrayEquals(weight.values(), found.get(name).values(), name));
  }

  @Test
  void savedAndRestoredVariablesGoOnAlike(@TempDir Path folder) throws IOException {
    OptimizerConfig adam = OptimizerConfig.defaults();
    try (TrainingGraph first = graph(adam);
        TrainingGraph second = graph(adam)) {
      first.step(data(), 0, 0.01, 1);
      first.step(data(), 1, 0.01, 1);
      first.save(folder.resolve("variables"));
      second.restore(folder.resolve("variables"));
      first.step(data(), 2, 0.01, 1);
      second.step(data(), 2, 0.01, 1);
      Map<String, Array> found = second.weights();
      first
          .weights()
          .forEach(
              (name, weight) -> assertArrayEquals(weight.values(), found.get(name).values(), name));
    }
  }

  private static void assertStep(
      OptimizerConfig optimizer, BiFunction<String, Map<String, Array>, double[]> moves) {
    assertStep(graph(optimizer), moves);
  }

  /** Closes the graph. */
  private static void assertStep(
      TrainingGraph fresh, BiFunction<String, Map<String, Array>, double[]> moves) {
    try (TrainingGraph graph = fresh) {
      Map<String, Array> before = graph.weights();
      Map<String, Array> gradients = gradients(before);
      graph.step(data(), 0, RATE, 1);
      Map<String, Array> after = graph.weights();
      Map<String, double[]> expected = new LinkedHashMap<>();
      before.forEach(
          (name, weight) -> {
            double[] move = moves.apply(name, gradients);
            double[] values = Near.doubles(weight.values());
            for (int i = 0; i < values.length; i++) {
              values[i] -= RATE * move[i];
            }
            expected.put(name, values);
          });
      expected.forEach((name, values) -> assertNear(values, after.get(name).values(), 2e-6, name));
    }
  }

  private static TrainingGraph graph(OptimizerConfig optimizer) {
    return graph(optimizer, 0);
  }

  private static TrainingGraph graph(OptimizerConfig optimizer, int towers) {
    return graph(training(optimizer, towers));
  }

  private static TrainingGraph graph(TrainingConfig training) {
    return new TrainingGraph(
        MODEL.config(),
        new TrainingGraph.Feed(MODEL.shape(), Scaling.unit(), false, 1000),
        training);
  }

  private static TrainingConfig training(OptimizerConfig optimizer, int towers) {
    return TrainingConfig.defaults()
        .withOptimizer(optimizer)
        .withTowers(towers)
        .withSeed(SEED_NUMBER)
        .withCompute(Evaluate.ONE_THREAD);
  }

  private static Samples data() {
    return MODEL.data(6, 22);
  }

  private static Map<String, Array> gradients(Map<String, Array> weights) {
    try (LossGraph loss = new LossGraph(MODEL)) {
      return loss.gradients(weights, data(), SEED.named("noise").pair(0), 1);
    }
  }

  private static double[] clipped(double[] values, double limit) {
    double[] clipped = values.clone();
    for (int i = 0; i < clipped.length; i++) {
      clipped[i] = Math.max(-limit, Math.min(limit, clipped[i]));
    }
    return clipped;
  }

  private static double[] times(double[] values, double factor) {
    double[] scaled = values.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= factor;
    }
    return scaled;
  }

  private static double squares(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return sum;
  }
}
