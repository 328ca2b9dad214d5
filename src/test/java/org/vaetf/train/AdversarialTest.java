package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.vaetf.testing.Near.assertNear;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.latent.FlowPrior;
import org.vaetf.latent.NormalMixturePrior;
import org.vaetf.model.Adam;
import org.vaetf.model.Adversarial;
import org.vaetf.model.ModelConfig;
import org.vaetf.model.Objective;
import org.vaetf.testing.Near;
import org.vaetf.testing.OneLine;
import org.vaetf.testing.PlainActivation;
import org.vaetf.testing.PlainDraws;
import org.vaetf.tf.Array;

/** The game of the codes: what is asked of the encoder, and what the discriminator is taught. */
class AdversarialTest {
  private static final int ROWS = 6;
  private static final int LATENT = 3;
  private static final Adam ADAM = new Adam(1e-4, 0.5, 0.9);

  private static ObjectiveTrial trial(double lambda) {
    return ObjectiveTrial.of(new Adversarial(lambda, List.of(5, 4), ADAM), ROWS);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 7.5})
  void terms(double lambda) {
    ObjectiveTrial trial = trial(lambda);
    PlainDraws plain = trial.plain(1);
    PlainDiscriminator discriminator = new PlainDiscriminator(trial.weights());
    double[][] z = ObjectiveTrial.points(plain);
    double adversarial =
        Arrays.stream(z)
            .mapToDouble(point -> PlainActivation.softplus(-discriminator.logOdds(point)))
            .average()
            .orElseThrow();
    Map<String, Double> expected = new LinkedHashMap<>();
    expected.put(Objective.LOSS, plain.error() + lambda * adversarial);
    expected.put(Objective.RECONSTRUCTION_ERROR, plain.error());
    expected.put("adversarial_error", adversarial);
    expected.put(
        "discriminator_loss", discriminator.loss(ObjectiveTrial.otherNoise(ROWS, LATENT), z));
    ObjectiveTrial.assertTerms(expected, trial.terms(1));
  }

  /** Each side follows the term of its own, and of the other's nothing. */
  @Test
  void neitherSideMovesTheOther() {
    ObjectiveTrial trial = trial(3);
    Map<String, Array> weights =
        FiniteDifferences.awayFromKinks(trial.weights(), "discriminator.dense");
    try (LossGraph graph = new LossGraph(trial.model())) {
      new FiniteDifferences(graph, weights, trial.x(), ObjectiveTrial.SEED)
          .assertGradients(PlainDiscriminator::termOf);
    }
  }

  @Test
  void theDiscriminatorIsTaughtTheSameWhateverItsWeight() {
    Map<String, Array> unheeded = ofTheDiscriminator(trial(0).gradients(1));
    Map<String, Array> heeded = ofTheDiscriminator(trial(5).gradients(1));
    assertEquals(6, heeded.size(), "kernels and biases of three layers");
    heeded.forEach(
        (name, gradient) ->
            assertNear(Near.doubles(unheeded.get(name).values()), gradient.values(), 1e-5, name));
  }

  private static Map<String, Array> ofTheDiscriminator(Map<String, Array> gradients) {
    Map<String, Array> own = new LinkedHashMap<>(gradients);
    own.keySet().removeIf(name -> !name.startsWith("discriminator."));
    return own;
  }

  @Test
  void settingsOutOfRangeAndAPriorThatWouldLearnNothing() {
    OneLine.ofConfig(() -> new Adversarial(-1, List.of(3), ADAM), "lambda is -1.0", "expected");
    OneLine.ofConfig(
        () -> new Adversarial(1, List.of(), ADAM), "number of the discriminator's layers is 0");
    OneLine.ofConfig(
        () -> new Adversarial(1, List.of(3, 0), ADAM), "width of the discriminator is 0");
    ModelConfig model = ModelConfig.defaults().withObjective(Adversarial.defaults());
    OneLine.ofConfig(
        () -> model.withPrior(new NormalMixturePrior(3)),
        "prior beside the objective adversarial is normal-mixture",
        "standard-normal");
    OneLine.ofConfig(
        () -> model.withPrior(FlowPrior.defaults()), "prior beside the objective adversarial");
  }
}
