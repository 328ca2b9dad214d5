package org.vaetf.train;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaetf.model.GradientEstimator;
import org.vaetf.model.ImportanceWeighted;
import org.vaetf.model.Objective;
import org.vaetf.model.PartiallyImportanceWeighted;
import org.vaetf.model.Renyi;
import org.vaetf.testing.PlainDraws;

/** The values of the importance-weighted bounds, against loops over rows, groups and draws. */
class ImportanceWeightedTest {
  private static final int ROWS = 3;

  @ParameterizedTest
  @CsvSource({
    "5, 1, 0,   1,   standard",
    "3, 4, 0,   1,   standard",
    "2, 3, 0.3, 0.4, standard",
    "1, 1, 0,   1,   standard",
    "4, 2, 0.3, 0.4, sticking-the-landing",
    "4, 2, 0.3, 0.4, doubly-reparameterized",
    "1, 1, 1,   1,   doubly-reparameterized"
  })
  void groupsAndMixtureWithTheElbo(
      int draws, int groups, double elboWeight, double warmUp, String estimator) {
    GradientEstimator chosen =
        Arrays.stream(GradientEstimator.values())
            .filter(one -> one.label().equals(estimator))
            .findFirst()
            .orElseThrow();
    ObjectiveTrial trial =
        ObjectiveTrial.of(new ImportanceWeighted(draws, groups, elboWeight, 0, chosen), ROWS);
    PlainDraws plain = trial.plain(groups * draws);
    double bound = 0;
    for (int row = 0; row < ROWS; row++) {
      double[] logWeights = plain.logWeights(row, warmUp);
      for (int group = 0; group < groups; group++) {
        double[] own = Arrays.copyOfRange(logWeights, group * draws, (group + 1) * draws);
        double elbo = Arrays.stream(own).average().orElseThrow();
        bound +=
            ((1 - elboWeight) * PlainDraws.logMeanExp(own) + elboWeight * elbo) / groups / ROWS;
      }
    }
    assertTerms(-bound, trial, plain, warmUp);
  }

  @ParameterizedTest
  @CsvSource({"3, 2, 1", "2, 4, 0.4", "1, 1, 1"})
  void partially(int draws, int groups, double warmUp) {
    ObjectiveTrial trial =
        ObjectiveTrial.of(new PartiallyImportanceWeighted(draws, groups, 0), ROWS);
    PlainDraws plain = trial.plain(groups * draws);
    double bound = 0;
    for (int row = 0; row < ROWS; row++) {
      bound += PlainDraws.logMeanExp(plain.logWeights(row, warmUp)) / ROWS;
    }
    assertTerms(-bound, trial, plain, warmUp);
  }

  /** α = 0 is the importance-weighted bound, α = 1 the ELBO; between and beyond, the formula. */
  @ParameterizedTest
  @CsvSource({
    "0.5, 4, 1",
    "2, 4, 1",
    "-3, 3, 0.4",
    "0, 5, 1",
    "1, 5, 1",
    "0.99, 4, 1",
    "0.5, 1, 1"
  })
  void renyi(double alpha, int draws, double warmUp) {
    ObjectiveTrial trial = ObjectiveTrial.of(new Renyi(alpha, draws, 0), ROWS);
    PlainDraws plain = trial.plain(draws);
    double bound = 0;
    for (int row = 0; row < ROWS; row++) {
      double[] logWeights = plain.logWeights(row, warmUp);
      double power = 1 - alpha;
      bound +=
          (alpha == 1
                  ? Arrays.stream(logWeights).average().orElseThrow()
                  : PlainDraws.logMeanExp(
                          Arrays.stream(logWeights).map(value -> power * value).toArray())
                      / power)
              / ROWS;
    }
    assertTerms(-bound, trial, plain, warmUp);
  }

  /** The divergence is that of the draws, and the bound reported beside is of all of them. */
  private static void assertTerms(
      double loss, ObjectiveTrial trial, PlainDraws plain, double warmUp) {
    Map<String, Double> expected =
        ObjectiveTrial.terms(loss, plain.error(), plain.estimatedDivergence());
    double bound = 0;
    for (int row = 0; row < ROWS; row++) {
      bound += PlainDraws.logMeanExp(plain.logWeights(row, 1)) / ROWS;
    }
    expected.put(Objective.NEGATIVE_IMPORTANCE_BOUND, -bound);
    ObjectiveTrial.assertTerms(expected, trial.terms(warmUp));
  }
}
