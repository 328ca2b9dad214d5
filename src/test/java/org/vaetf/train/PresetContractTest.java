package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaetf.base.Samples;
import org.vaetf.model.Objective;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.Array;

/** What the loss of every preset keeps: terms, gradients, rows in any number. */
class PresetContractTest {
  private static final int ROWS = 3;
  private static final long[] SEED = {5, 7};

  /** Their gradient is not that of the loss they report: see {@link BoundGradientsTest}. */
  private static final Set<String> OTHER_GRADIENTS = Set.of("dreg-iwae", "piwae");

  /** One for each preset: to build it takes longer than to use it. */
  private static final Map<String, LossGraph> GRAPHS = new LinkedHashMap<>();

  static Stream<TinyModel> presets() {
    return TinyModel.presets();
  }

  static Stream<TinyModel> withTheGradientOfTheirValue() {
    return presets().filter(model -> !OTHER_GRADIENTS.contains(model.name()));
  }

  private static LossGraph graph(TinyModel model) {
    return GRAPHS.computeIfAbsent(model.name(), name -> new LossGraph(model));
  }

  @AfterAll
  static void close() {
    GRAPHS.values().forEach(LossGraph::close);
    GRAPHS.clear();
  }

  /** The kinks that presets have are those of leaky relus in a discriminator and in couplings. */
  @ParameterizedTest
  @MethodSource("withTheGradientOfTheirValue")
  void gradientsAgreeWithFiniteDifferences(TinyModel model) {
    Map<String, Array> weights =
        FiniteDifferences.awayFromKinks(
            FiniteDifferences.awayFromKinks(model.weights(3), "discriminator.dense"), ".hidden");
    new FiniteDifferences(graph(model), weights, model.data(ROWS, 4), SEED)
        .assertGradients(PlainDiscriminator::termOf);
  }

  @ParameterizedTest
  @MethodSource("presets")
  void everyWeightHasAGradientOfItsShape(TinyModel model) {
    Map<String, Array> weights = model.weights(3);
    Map<String, Array> gradients = graph(model).gradients(weights, model.data(ROWS, 4), SEED, 1);
    assertEquals(weights.keySet(), gradients.keySet());
    gradients.forEach(
        (name, gradient) -> {
          assertArrayEquals(weights.get(name).shape(), gradient.shape(), name);
          double greatest = 0;
          for (float value : gradient.values()) {
            assertTrue(Float.isFinite(value), name + ": " + value);
            greatest = Math.max(greatest, Math.abs(value));
          }
          assertTrue(greatest > 0, name + ": no gradient but 0");
        });
  }

  @ParameterizedTest
  @MethodSource("presets")
  void termsAreFiniteAndTheBoundIsTheSumOfItsParts(TinyModel model) {
    for (int rows : new int[] {1, 2, 7}) {
      for (double warmUp : new double[] {0, 0.5, 1}) {
        Map<String, Double> terms =
            graph(model).terms(model.weights(5), model.data(rows, 6), SEED, warmUp);
        assertEquals(Objective.LOSS, terms.keySet().iterator().next());
        terms.forEach((name, value) -> assertTrue(Double.isFinite(value), rows + " rows: " + name));
        if (terms.containsKey(Objective.KL)) {
          double sum = terms.get(Objective.RECONSTRUCTION_ERROR) + terms.get(Objective.KL);
          assertNear(sum, terms.get(Objective.NEGATIVE_ELBO), 1e-5, "negative ELBO");
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("presets")
  void oneRowHasFiniteGradients(TinyModel model) {
    assertFinite(graph(model).gradients(model.weights(7), model.data(1, 8), SEED, 1));
  }

  /** Means, log-variances, logits and the rest as they are where a network runs away. */
  @ParameterizedTest
  @MethodSource("presets")
  void parametersOfAnySizeGiveFiniteTermsAndGradients(TinyModel model) {
    for (double[] signs : new double[][] {{1, 1}, {-1, -1}, {1, -1}, {-1, 1}}) {
      Map<String, Array> weights = model.weights(7);
      weights.replaceAll((name, weight) -> runAway(name, weight, signs));
      Samples x = model.data(ROWS, 8);
      graph(model)
          .terms(weights, x, SEED, 1)
          .forEach((name, value) -> assertTrue(Double.isFinite(value), name + ": " + value));
      assertFinite(graph(model).gradients(weights, x, SEED, 1));
    }
  }

  /** The biases of last layers, and what a prior has in their place. */
  private static Array runAway(String name, Array weight, double[] signs) {
    boolean hidden = name.contains(".dense") || name.contains(".hidden");
    boolean parameter = name.endsWith(".bias") || name.endsWith("logits");
    if (hidden || !(parameter || name.endsWith("log_variances"))) {
      return weight;
    }
    float[] values = weight.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (1e4 * signs[i % 2]);
    }
    return new Array(weight.shape(), values);
  }

  private static void assertFinite(Map<String, Array> gradients) {
    gradients.forEach(
        (name, gradient) -> {
          for (float value : gradient.values()) {
            assertTrue(Float.isFinite(value), name + ": " + value);
          }
        });
  }
}
