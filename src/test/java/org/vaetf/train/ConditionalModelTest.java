package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.ByteSamples;
import org.vaetf.base.LabelledRows;
import org.vaetf.base.Rows;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.data.Scaling;
import org.vaetf.model.Elbo;
import org.vaetf.model.Labels;
import org.vaetf.model.Objective;
import org.vaetf.model.Unconditional;
import org.vaetf.model.VaeGraph;
import org.vaetf.nn.LayerScope;
import org.vaetf.nn.Weights;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Near;
import org.vaetf.testing.PlainModel;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.Array;

/** What a label does to a model: terms, gradients, draws, towers, and every axis beside it. */
class ConditionalModelTest {
  private static final int ROWS = 5;
  private static final int DRAWS = 2;
  private static final long[] SEED = {5, 7};
  private static final double STEP = 0.03;
  private static final String PSEUDO_CONDITION = "prior." + VaeGraph.PSEUDO_CONDITION;

  static Stream<TinyModel> models() {
    return TinyModel.conditional();
  }

  /** Each row has its own label, and each of its draws the label of the row. */
  @ParameterizedTest
  @MethodSource("models")
  void termsAgreeWithPlainJava(TinyModel vae) {
    TinyModel model = vae.with(vae.config().withObjective(new Elbo(2, 0, 0, DRAWS)));
    Map<String, Array> weights = model.weights(1);
    Samples x = model.data(ROWS, 2);
    int[] labels = model.labels(ROWS);
    int latent = model.config().latent();
    double[] noise = Near.doubles(Evaluate.normal(DRAWS * ROWS, latent, SEED[0], SEED[1]));
    double error = 0;
    double kl = 0;
    for (int row = 0; row < ROWS; row++) {
      PlainModel plain = model.plain(weights).given(labels[row]);
      double[] values = Near.doubles(x.row(row));
      kl += Arrays.stream(plain.divergence(values)).sum() / ROWS;
      for (int draw = 0; draw < DRAWS; draw++) {
        int at = (draw * ROWS + row) * latent;
        double[] z = plain.draw(values, Arrays.copyOfRange(noise, at, at + latent));
        error -= plain.logDensity(values, z) / (ROWS * DRAWS);
      }
    }
    try (LossGraph graph = new LossGraph(model)) {
      Map<String, Double> terms = graph.terms(weights, new LabelledRows(x, labels), SEED, 1);
      assertNear(error, terms.get(Objective.RECONSTRUCTION_ERROR), 2e-5, "error");
      assertNear(kl, terms.get(Objective.KL), 2e-5, "kl");
      assertNear(error + 2 * kl, terms.get(Objective.LOSS), 2e-5, "loss");
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void gradientsAgreeWithFiniteDifferences(TinyModel model) {
    Map<String, Array> weights = model.weights(3);
    LabelledRows x = new LabelledRows(model.data(ROWS, 4), model.labels(ROWS));
    SplittableRandom random = new SplittableRandom(6);
    try (LossGraph graph = new LossGraph(model)) {
      Map<String, Array> gradients = graph.gradients(weights, x, SEED, 1);
      assertEquals(weights.keySet(), gradients.keySet());
      gradients.forEach(
          (name, gradient) -> {
            int size = gradient.values().length;
            double[] signs = random.ints(size, 0, 2).mapToDouble(sign -> 2.0 * sign - 1).toArray();
            double slope = 0;
            for (int i = 0; i < size; i++) {
              slope += signs[i] * gradient.values()[i];
            }
            double step = STEP / Math.sqrt(size);
            double difference =
                (8 * graph.loss(moved(weights, name, signs, step), x, SEED, 1)
                        - 8 * graph.loss(moved(weights, name, signs, -step), x, SEED, 1)
                        - graph.loss(moved(weights, name, signs, 2 * step), x, SEED, 1)
                        + graph.loss(moved(weights, name, signs, -2 * step), x, SEED, 1))
                    / (12 * step);
            assertNear(difference, slope, 3e-3, model + ", gradient of " + name);
          });
    }
  }

  private static Map<String, Array> moved(
      Map<String, Array> weights, String name, double[] direction, double step) {
    float[] values = weights.get(name).values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] + step * direction[i]);
    }
    Map<String, Array> all = new LinkedHashMap<>(weights);
    all.put(name, new Array(weights.get(name).shape(), values));
    return all;
  }

  static Stream<TinyModel> everyPreset() {
    return TinyModel.presets();
  }

  /** The terms that count a preset's weights, and not only what they do. */
  private static Set<String> ofTheWeightsThemselves(TinyModel preset) {
    return preset.name().equals("rae-l2") ? Set.of(Objective.LOSS, "decoder_penalty") : Set.of();
  }

  /**
   * With one label for all rows, the rows of a kernel that the condition meets are a part of the
   * bias: whatever stands on the other axes, the model is an unconditional one of another bias.
   */
  @ParameterizedTest
  @MethodSource("everyPreset")
  void oneLabelForAllIsAnotherBias(TinyModel preset) {
    TinyModel model = preset.with(preset.config().withCondition(new Labels(TinyModel.CLASSES)));
    TinyModel without = preset.with(preset.config().withCondition(new Unconditional()));
    Map<String, Array> weights = model.weights(8);
    Samples x = model.data(ROWS, 9);
    try (LossGraph conditional = new LossGraph(model);
        LossGraph unconditional = new LossGraph(without)) {
      for (int label = 0; label < TinyModel.CLASSES; label++) {
        int[] labels = new int[ROWS];
        Arrays.fill(labels, label);
        weights.computeIfPresent(PSEUDO_CONDITION, oneHot(label));
        Map<String, Double> found =
            conditional.terms(weights, new LabelledRows(x, labels), SEED, 1);
        Map<String, Double> expected =
            unconditional.terms(folded(weights, label, model), x, SEED, 1);
        assertEquals(expected.keySet(), found.keySet());
        expected.keySet().removeAll(ofTheWeightsThemselves(preset));
        expected.forEach((name, value) -> assertNear(value, found.get(name), 1e-4, name));
      }
    }
  }

  private static java.util.function.BiFunction<String, Array, Array> oneHot(int label) {
    return (name, condition) -> {
      float[] values = new float[condition.values().length];
      for (int row = 0; row < condition.shape()[0]; row++) {
        values[row * TinyModel.CLASSES + label] = 1;
      }
      return new Array(condition.shape(), values);
    };
  }

  /** The weights of the unconditional model; the condition's columns come last. */
  private static Map<String, Array> folded(Map<String, Array> weights, int label, TinyModel model) {
    Map<String, Array> folded = new LinkedHashMap<>(weights);
    folded.remove(PSEUDO_CONDITION);
    for (String layer : List.of("encoder.dense1", "decoder.dense1")) {
      Array kernel = weights.get(layer + ".kernel");
      int units = (int) kernel.shape()[1];
      int columns = (int) kernel.shape()[0] - TinyModel.CLASSES;
      assertTrue(layer.startsWith("decoder") || columns == model.shape().size(), layer);
      float[] bias = weights.get(layer + ".bias").values().clone();
      for (int unit = 0; unit < units; unit++) {
        bias[unit] += kernel.values()[(columns + label) * units + unit];
      }
      folded.put(layer + ".bias", new Array(new long[] {units}, bias));
      folded.put(
          layer + ".kernel",
          new Array(new long[] {columns, units}, Arrays.copyOf(kernel.values(), columns * units)));
    }
    return folded;
  }

  @ParameterizedTest
  @ValueSource(strings = {"vamp", "iwae", "dreg-iwae", "ladder-vae"})
  void rowsHaveLabelsOfTheirOwnBesideEveryAxis(String preset) {
    TinyModel vae = TinyModel.preset(preset);
    TinyModel model = vae.with(vae.config().withCondition(new Labels(TinyModel.CLASSES)));
    Map<String, Array> weights = model.weights(8);
    weights.computeIfPresent(PSEUDO_CONDITION, oneHot(1));
    Samples x = model.data(ROWS, 9);
    try (LossGraph graph = new LossGraph(model)) {
      double mixed = graph.loss(weights, new LabelledRows(x, new int[] {0, 1, 2, 0, 1}), SEED, 1);
      double other = graph.loss(weights, new LabelledRows(x, new int[] {0, 1, 2, 0, 2}), SEED, 1);
      double turned = graph.loss(weights, new LabelledRows(x, new int[] {1, 2, 0, 1, 0}), SEED, 1);
      assertTrue(Math.abs(mixed - other) > 1e-3, mixed + " and " + other);
      assertTrue(Math.abs(mixed - turned) > 1e-3, mixed + " and " + turned);
    }
  }

  @Test
  void towersShareOutLabelsWithTheRows() {
    TinyModel model = TinyModel.conditional().skip(1).findFirst().orElseThrow();
    LabelledRows x = new LabelledRows(model.data(7, 4), model.labels(7));
    long[] noise = new Seed(3).named("noise").pair(0);
    try (TrainingGraph one = graph(model, 1, Scaling.none());
        TrainingGraph three = graph(model, 3, Scaling.none())) {
      float[] expected = one.evaluate(x, noise);
      assertNear(Near.doubles(expected), three.evaluate(x, noise), 1e-5, "terms");
      one.step(x, 0, 0.1, 1);
      three.step(x, 0, 0.1, 1);
      one.weights()
          .forEach(
              (name, weight) ->
                  assertNear(
                      Near.doubles(weight.values()),
                      three.weights().get(name).values(),
                      1e-5,
                      name));
    }
  }

  @Test
  void bytesComeWithLabelsToo() {
    TinyModel model = TinyModel.conditional().findFirst().orElseThrow();
    byte[] levels = new byte[4 * model.shape().size()];
    new SplittableRandom(2).nextBytes(levels);
    ByteSamples stored = new ByteSamples(model.shape(), levels);
    Samples scaled = stored.toSamples();
    Scaling.unit().apply(scaled.values());
    long[] noise = {1, 2};
    try (TrainingGraph graph = graph(model, 2, Scaling.unit())) {
      float[] expected = graph.evaluate(new LabelledRows(scaled, model.labels(4)), noise);
      Rows bytes = new LabelledRows(stored, model.labels(4));
      assertNear(Near.doubles(expected), graph.evaluate(bytes, noise), 1e-5, "terms");
      float[] other = graph.evaluate(new LabelledRows(stored, new int[] {0, 0, 0, 0}), noise);
      assertTrue(Math.abs(expected[0] - other[0]) > 1e-3, "the labels count");
    }
  }

  private static TrainingGraph graph(TinyModel model, int towers, Scaling scaling) {
    return new TrainingGraph(
        model.config(),
        new TrainingGraph.Feed(model.shape(), scaling, false, 1000),
        TrainingConfig.defaults()
            .withOptimizer(OptimizerConfig.of(UpdateRule.SGD))
            .withTowers(towers)
            .withSeed(3)
            .withCompute(Evaluate.ONE_THREAD));
  }

  @Test
  void aGraphWithoutLabelsIsRefusedWhereTheyAreNeeded() {
    TinyModel model = TinyModel.conditional().findFirst().orElseThrow();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Weights weights = Weights.from((ops, name, shape, first) -> ops.placeholder(TFloat32.class));
      VaeGraph vae = new VaeGraph(model.config(), model.shape(), new LayerScope(tf, weights, ""));
      assertThrows(
          IllegalStateException.class, () -> vae.likelihood(tf.constant(new float[][] {{1, 2}})));
      VaeGraph open =
          new VaeGraph(
              model.config().withCondition(Labels.defaults()),
              model.shape(),
              new LayerScope(tf, weights, ""));
      assertThrows(IllegalStateException.class, () -> open.given(tf.constant(new long[] {0})));
    }
  }
}
