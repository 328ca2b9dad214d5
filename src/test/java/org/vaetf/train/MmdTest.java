package org.vaetf.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaetf.latent.Deterministic;
import org.vaetf.latent.NormalMixturePrior;
import org.vaetf.model.Mmd;
import org.vaetf.model.Mmd.Kernel;
import org.vaetf.model.ModelConfig;
import org.vaetf.model.Objective;
import org.vaetf.testing.OneLine;
import org.vaetf.testing.PlainDraws;

/** The discrepancy of draws and prior, against loops over pairs of points. */
class MmdTest {
  private static final int LATENT = 3;

  @ParameterizedTest
  @CsvSource({
    "0, 1000, GAUSSIAN, 1, 5",
    "0.5, 10, GAUSSIAN, 0.3, 4",
    "-1, 20, INVERSE_MULTIQUADRATIC, 1, 5",
    "1, 10, INVERSE_MULTIQUADRATIC, 2, 4",
    "1, 10, GAUSSIAN, 1, 1"
  })
  void discrepancy(double alpha, double lambda, Kernel kernel, double bandwidth, int rows) {
    ObjectiveTrial trial = ObjectiveTrial.of(new Mmd(alpha, lambda, kernel, bandwidth), rows);
    PlainDraws plain = trial.plain(1);
    double[][] z = ObjectiveTrial.points(plain);
    double[][] p = ObjectiveTrial.otherNoise(rows, LATENT);
    double discrepancy =
        amongThemselves(z, kernel, bandwidth) + amongThemselves(p, kernel, bandwidth);
    for (double[] a : z) {
      for (double[] b : p) {
        discrepancy -= rows == 1 ? 0 : 2 * value(a, b, kernel, bandwidth) / (rows * rows);
      }
    }
    double kl = Arrays.stream(plain.divergences()).sum();
    double loss = plain.error() + (1 - alpha) * kl + (alpha + lambda - 1) * discrepancy;
    Map<String, Double> expected = ObjectiveTrial.terms(loss, plain);
    if (alpha == 1) {
      expected = new LinkedHashMap<>();
      expected.put(Objective.LOSS, loss);
      expected.put(Objective.RECONSTRUCTION_ERROR, plain.error());
    }
    expected.put("discrepancy", discrepancy);
    ObjectiveTrial.assertTerms(expected, trial.terms(1));
  }

  private static double amongThemselves(double[][] points, Kernel kernel, double bandwidth) {
    double sum = 0;
    for (int i = 0; i < points.length; i++) {
      for (int j = 0; j < points.length; j++) {
        sum += i == j ? 0 : value(points[i], points[j], kernel, bandwidth);
      }
    }
    return points.length == 1 ? 0 : sum / (points.length * (points.length - 1.0));
  }

  private static double value(double[] a, double[] b, Kernel kernel, double bandwidth) {
    double squares = 0;
    for (int i = 0; i < LATENT; i++) {
      squares += (a[i] - b[i]) * (a[i] - b[i]);
    }
    double reach = 2 * LATENT * bandwidth * bandwidth;
    return kernel == Kernel.GAUSSIAN ? Math.exp(-squares / reach) : reach / (reach + squares);
  }

  @Test
  void weightsOutOfRangeAndAxesThatDoNotFit() {
    OneLine.ofConfig(() -> new Mmd(1.5, 1, Kernel.GAUSSIAN, 1), "alpha is 1.5", "at most 1");
    OneLine.ofConfig(() -> new Mmd(0, 0.5, Kernel.GAUSSIAN, 1), "lambda is 0.5", "at least 1");
    OneLine.ofConfig(() -> new Mmd(0, 1, Kernel.GAUSSIAN, 0), "bandwidth is 0");
    ModelConfig model = ModelConfig.defaults();
    OneLine.ofConfig(
        () -> model.withObjective(Mmd.defaults()).withPosterior(new Deterministic()),
        "alpha beside a deterministic posterior is 0",
        "infinite");
    OneLine.ofConfig(
        () ->
            model
                .withPrior(new NormalMixturePrior(2))
                .withObjective(Mmd.defaults().withWeights(1, 10)),
        "alpha beside a normal-mixture prior is 1",
        "below 1");
  }
}
