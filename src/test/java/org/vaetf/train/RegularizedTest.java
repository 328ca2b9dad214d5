package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vaetf.latent.VampPrior;
import org.vaetf.likelihood.Gaussian;
import org.vaetf.model.ModelConfig;
import org.vaetf.model.Objective;
import org.vaetf.model.Regularized;
import org.vaetf.model.Regularized.Regularizer;
import org.vaetf.network.LinearNetwork;
import org.vaetf.testing.Near;
import org.vaetf.testing.OneLine;
import org.vaetf.testing.PlainDraws;
import org.vaetf.testing.PlainModel;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.Array;

/** Small codes, and a smooth decoder. */
class RegularizedTest {
  private static final int ROWS = 4;
  private static final int LATENT = 3;
  private static final double CODES = 0.3;
  private static final double DECODER = 0.7;

  private static ObjectiveTrial trial(Regularizer regularizer) {
    return ObjectiveTrial.of(new Regularized(CODES, DECODER, regularizer), ROWS);
  }

  private static double size(double[][] z) {
    return Arrays.stream(z).mapToDouble(RegularizedTest::squares).average().orElseThrow() / 2;
  }

  private static double squares(double[] values) {
    return Arrays.stream(values).map(value -> value * value).sum();
  }

  @Test
  void weightsOfTheDecoder() {
    ObjectiveTrial trial = trial(Regularizer.WEIGHTS);
    PlainDraws plain = trial.plain(1);
    double size = size(ObjectiveTrial.points(plain));
    double sum = 0;
    int weights = 0;
    for (String name : trial.weights().keySet()) {
      if (name.startsWith("decoder.")) {
        sum += squares(Near.doubles(trial.weights().get(name).values()));
        weights++;
      }
    }
    assertEquals(6, weights, "kernels and biases of three layers");
    Map<String, Double> expected = new LinkedHashMap<>();
    expected.put(Objective.LOSS, plain.error() + CODES * size + DECODER * sum);
    expected.put(Objective.RECONSTRUCTION_ERROR, plain.error());
    expected.put("code_penalty", size);
    expected.put("decoder_penalty", sum);
    ObjectiveTrial.assertTerms(expected, trial.terms(1));
  }

  @Test
  void slopeOfTheDecoderAlongTheNoise() {
    ObjectiveTrial trial = trial(Regularizer.GRADIENT);
    PlainDraws plain = trial.plain(1);
    double[][] z = ObjectiveTrial.points(plain);
    double[][] noise = ObjectiveTrial.otherNoise(ROWS, LATENT);
    double expected = 0;
    for (int row = 0; row < ROWS; row++) {
      expected += squares(slope(trial, z[row], noise[row])) / ROWS;
    }
    Map<String, Double> found = trial.terms(1);
    // The step is a hundredth, and its ends are single floats.
    assertEquals(expected, found.get("decoder_penalty"), 1e-3 * expected);
    assertNear(
        plain.error() + CODES * size(z) + DECODER * found.get("decoder_penalty"),
        found.get(Objective.LOSS),
        1e-5,
        "loss");
  }

  /** Over much noise it is the squared norm of the Jacobian: of a linear decoder, its kernel. */
  @Test
  void theMeanSlopeIsTheJacobiansNorm() {
    ObjectiveTrial vae = trial(Regularizer.GRADIENT);
    TinyModel linear =
        vae.model()
            .with(
                vae.model()
                    .config()
                    .withNetwork(new LinearNetwork())
                    .withLikelihood(Gaussian.defaults()));
    Map<String, Array> weights = linear.weights(9);
    double expected = squares(Near.doubles(weights.get("decoder.output.kernel").values()));
    int seeds = 1000;
    double sum = 0;
    double squares = 0;
    try (LossGraph graph = new LossGraph(linear)) {
      for (int seed = 0; seed < seeds; seed++) {
        double slope =
            graph.terms(weights, vae.x(), new long[] {seed, 1}, 1).get("decoder_penalty");
        sum += slope;
        squares += slope * slope;
      }
    }
    double mean = sum / seeds;
    double error = Math.sqrt((squares / seeds - mean * mean) / seeds);
    assertTrue(error < 0.03 * expected, "too few seeds: " + error + " of " + expected);
    assertEquals(expected, mean, 4 * error, "squared norm of the Jacobian");
  }

  /** {@code (∂m/∂z) v} of the mean m of p(x|z). */
  private static double[] slope(ObjectiveTrial trial, double[] z, double[] v) {
    double step = 1e-5;
    PlainModel model = trial.model().plain(trial.weights());
    double[] ahead = new double[LATENT];
    double[] behind = new double[LATENT];
    for (int i = 0; i < LATENT; i++) {
      ahead[i] = z[i] + step * v[i];
      behind[i] = z[i] - step * v[i];
    }
    double[] up = model.decode(ahead);
    double[] down = model.decode(behind);
    double[] slope = new double[up.length];
    for (int i = 0; i < up.length; i++) {
      slope[i] = (up[i] - down[i]) / 2 / step;
    }
    return slope;
  }

  @Test
  void settingsOutOfRangeAndAPriorThatWouldLearnNothing() {
    OneLine.ofConfig(() -> new Regularized(-1, 0, Regularizer.WEIGHTS), "codeWeight is -1.0");
    OneLine.ofConfig(() -> new Regularized(0, -1, Regularizer.WEIGHTS), "decoderWeight is -1.0");
    OneLine.ofConfig(() -> new Regularized(0, 0, null), "regularizer");
    OneLine.ofConfig(
        () ->
            ModelConfig.defaults()
                .withObjective(Regularized.defaults())
                .withPrior(VampPrior.defaults()),
        "prior beside the objective regularized is vamp",
        "standard-normal");
  }
}
