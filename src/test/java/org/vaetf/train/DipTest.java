package org.vaetf.train;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaetf.latent.FullGaussian;
import org.vaetf.model.Dip;
import org.vaetf.model.Dip.Version;
import org.vaetf.model.ModelConfig;
import org.vaetf.testing.OneLine;
import org.vaetf.testing.PlainDraws;

/** The penalty on the covariance of a batch, against loops over dimensions. */
class DipTest {

  @ParameterizedTest
  @CsvSource({
    "MEANS, 10, 100, 5",
    "MEANS, 3, 0, 5",
    "MEANS, 0, 7, 2",
    "DRAWS, 10, 10, 5",
    "DRAWS, 2, 5, 3",
    "DRAWS, 2, 5, 1"
  })
  void penalty(Version version, double offDiagonal, double diagonal, int rows) {
    ObjectiveTrial trial = ObjectiveTrial.of(new Dip(version, offDiagonal, diagonal), rows);
    PlainDraws plain = trial.plain(1);
    double[] centre = new double[3];
    double[] spread = new double[3];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < 3; i++) {
        centre[i] += plain.mean(row)[i] / rows;
        spread[i] += Math.exp(plain.logVariance(row)[i]) / rows;
      }
    }
    double penalty = 0;
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        double covariance = 0;
        for (int row = 0; row < rows; row++) {
          covariance += (plain.mean(row)[i] - centre[i]) * (plain.mean(row)[j] - centre[j]) / rows;
        }
        if (i == j) {
          double own = covariance + (version == Version.DRAWS ? spread[i] : 0);
          penalty += diagonal * (own - 1) * (own - 1);
        } else {
          penalty += offDiagonal * covariance * covariance;
        }
      }
    }
    double kl = Arrays.stream(plain.divergences()).sum();
    Map<String, Double> expected = ObjectiveTrial.terms(plain.error() + kl + penalty, plain);
    expected.put("covariance_penalty", penalty);
    ObjectiveTrial.assertTerms(expected, trial.terms(1));
  }

  @Test
  void needsADiagonalPosterior() {
    OneLine.ofConfig(
        () ->
            ModelConfig.defaults().withObjective(Dip.defaults()).withPosterior(new FullGaussian()),
        "posterior beside the objective dip is full-gaussian",
        "diagonal-gaussian");
  }
}
