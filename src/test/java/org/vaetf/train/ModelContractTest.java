package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.data.Scaling;
import org.vaetf.model.Elbo;
import org.vaetf.model.Objective;
import org.vaetf.model.Reconstruction;
import org.vaetf.network.DenseNetwork;
import org.vaetf.nn.Activation;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Near;
import org.vaetf.testing.PlainModel;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.Array;

/** What every preset with every network and likelihood keeps: terms, gradients, descent. */
class ModelContractTest {
  private static final int ROWS = 3;
  private static final long[] SEED = {5, 7};

  static Stream<TinyModel> models() {
    return TinyModel.all();
  }

  @ParameterizedTest
  @MethodSource("models")
  void termsAgreeWithPlainJava(TinyModel model) {
    Map<String, Array> weights = model.weights(1);
    Samples x = model.data(ROWS, 2);
    try (LossGraph graph = new LossGraph(model)) {
      Map<String, Double> expected = plainTerms(model, weights, x, 1);
      Map<String, Double> found = graph.terms(weights, x, SEED, 1);
      assertEquals(expected.keySet(), found.keySet());
      assertEquals(Objective.LOSS, found.keySet().iterator().next());
      expected.forEach((name, value) -> assertNear(value, found.get(name), 2e-5, name));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void gradientsAgreeWithFiniteDifferences(TinyModel model) {
    assertGradients(model, model.weights(3));
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void gradientsThroughEveryActivation(Activation activation) {
    TinyModel model = TinyModel.of("vae dense bernoulli");
    TinyModel other =
        model.with(
            model
                .config()
                .withNetwork(new DenseNetwork(List.of(4, 3), activation))
                .withObjective(new Elbo(2, 0, 0, 1)));
    assertGradients(other, FiniteDifferences.awayFromKinks(other.weights(4), ".dense"));
  }

  private static void assertGradients(TinyModel model, Map<String, Array> weights) {
    try (LossGraph graph = new LossGraph(model)) {
      new FiniteDifferences(graph, weights, model.data(ROWS, 4), SEED).assertGradients();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void oneStepLowersTheLoss(TinyModel model) {
    Samples x = model.data(8, 5);
    Seed seed = new Seed(11);
    TrainingConfig training =
        TrainingConfig.defaults()
            .withOptimizer(OptimizerConfig.of(UpdateRule.SGD))
            .withSeed(11)
            .withCompute(Evaluate.ONE_THREAD);
    try (TrainingGraph graph =
        new TrainingGraph(
            model.config(),
            new TrainingGraph.Feed(model.shape(), Scaling.unit(), false, 1000),
            training)) {
      long[] noise = seed.named("noise").pair(0);
      float before = graph.evaluate(x, noise)[0];
      float during = graph.reportedStep(x, 0, 1e-3, 1)[0];
      float after = graph.evaluate(x, noise)[0];
      // Two graphs: processors differ in what TensorFlow fuses, and that in the last bit.
      assertNear(before, during, 1e-6, "the loss is that of the weights before the step");
      assertTrue(
          Float.isFinite(after) && after < before, "loss before " + before + ", after " + after);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,0,1", "4,0,1", "0,0,1", "1,0,0.25", "4,0.5,0.5", "1,2.5,1", "0.5,0.05,1"})
  void betaFreeBitsAndWarmUpFollowTheFormula(double beta, double freeBits, double warmUp) {
    TinyModel vae = TinyModel.of("vae dense fixed");
    TinyModel model = vae.with(vae.config().withObjective(new Elbo(beta, 10, freeBits, 1)));
    Map<String, Array> weights = model.weights(9);
    Samples x = model.data(ROWS, 10);
    try (LossGraph graph = new LossGraph(model)) {
      Map<String, Double> expected = plainTerms(model, weights, x, warmUp);
      graph
          .terms(weights, x, SEED, warmUp)
          .forEach((name, value) -> assertNear(expected.get(name), value, 2e-5, name));
    }
  }

  @Test
  void freeBitsStopTheGradientOfADimensionBelowThem() {
    TinyModel vae = TinyModel.of("vae linear fixed");
    TinyModel model = vae.with(vae.config().withObjective(new Elbo(1, 0, 1000, 1)));
    TinyModel none = vae.with(vae.config().withObjective(new Elbo(0, 0, 0, 1)));
    Map<String, Array> weights = model.weights(12);
    Samples x = model.data(ROWS, 13);
    try (LossGraph free = new LossGraph(model);
        LossGraph without = new LossGraph(none)) {
      Map<String, Array> expected = without.gradients(weights, x, SEED, 1);
      free.gradients(weights, x, SEED, 1)
          .forEach(
              (name, gradient) ->
                  assertNear(expected.get(name).values(), gradient.values(), 1e-6, name));
    }
  }

  /** The objective's definition, row by row; the noise is TensorFlow's. */
  private static Map<String, Double> plainTerms(
      TinyModel model, Map<String, Array> weights, Samples x, double warmUp) {
    PlainModel plain = model.plain(weights);
    int latent = model.config().latent();
    double[] noise = Near.doubles(Evaluate.normal(x.rows(), latent, SEED[0], SEED[1]));
    boolean deterministic = model.config().objective() instanceof Reconstruction;
    double error = 0;
    double[] divergences = new double[latent];
    for (int row = 0; row < x.rows(); row++) {
      double[] values = Near.doubles(x.row(row));
      double[] z = plain.draw(values, Arrays.copyOfRange(noise, row * latent, (row + 1) * latent));
      error -= plain.logDensity(values, z) / x.rows();
      if (!deterministic) {
        double[] divergence = plain.divergence(values);
        for (int i = 0; i < latent; i++) {
          divergences[i] += divergence[i] / x.rows();
        }
      }
    }
    if (deterministic) {
      return ordered(Objective.LOSS, error, Objective.RECONSTRUCTION_ERROR, error);
    }
    Elbo elbo = (Elbo) model.config().objective();
    double kl = Arrays.stream(divergences).sum();
    double penalty =
        Arrays.stream(divergences).map(value -> Math.max(elbo.freeBits(), value)).sum();
    Map<String, Double> terms =
        ordered(
            Objective.LOSS,
            error + warmUp * elbo.beta() * penalty,
            Objective.NEGATIVE_ELBO,
            error + kl);
    terms.put(Objective.RECONSTRUCTION_ERROR, error);
    terms.put(Objective.KL, kl);
    return terms;
  }

  private static Map<String, Double> ordered(
      String name, double value, String nextName, double nextValue) {
    Map<String, Double> terms = new LinkedHashMap<>();
    terms.put(name, value);
    terms.put(nextName, nextValue);
    return terms;
  }
}
