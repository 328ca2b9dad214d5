package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.model.ImportanceWeighted;
import org.vaetf.model.Objective;
import org.vaetf.model.Renyi;
import org.vaetf.testing.Near;
import org.vaetf.tf.Array;

/** What the Rényi bound becomes at α = 0 and near α = 1, and how it falls between. */
class RenyiLimitsTest {
  private static final int ROWS = 4;

  @Test
  void atZeroItIsTheImportanceWeightedBoundAndItsGradient() {
    ObjectiveTrial zero = ObjectiveTrial.of(new Renyi(0, 5, 0), ROWS);
    ObjectiveTrial weighted = ObjectiveTrial.of(ImportanceWeighted.defaults(), ROWS);
    assertEquals(weighted.terms(1), zero.terms(1));
    Map<String, Array> found = zero.gradients(1);
    weighted
        .gradients(1)
        .forEach(
            (name, gradient) ->
                assertNear(Near.doubles(gradient.values()), found.get(name).values(), 1e-6, name));
  }

  @Test
  void itFallsFromThereToTheElboAndFurther() {
    double last = Double.NEGATIVE_INFINITY;
    for (double alpha : new double[] {-2, 0, 0.5, 0.99, 1, 1.01, 3}) {
      Map<String, Double> terms = ObjectiveTrial.of(new Renyi(alpha, 5, 0), ROWS).terms(1);
      double loss = terms.get(Objective.LOSS);
      assertTrue(loss > last, "the negative bound at " + alpha + " is " + loss);
      double elbo = terms.get(Objective.NEGATIVE_ELBO);
      if (Math.abs(alpha - 1) < 0.1) {
        assertNear(elbo, loss, alpha == 1 ? 1e-6 : 1e-2, "near the ELBO at " + alpha);
      }
      last = loss;
    }
  }

  /** Where a float32 of {@code log mean w^(1 − α)} has no digits left. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-4, -1e-5, 1e-6, -1e-7, 1e-9})
  void nextToOneItIsTheElbo(double beside) {
    Map<String, Double> terms = ObjectiveTrial.of(new Renyi(1 - beside, 5, 0), ROWS).terms(1);
    double elbo = terms.get(Objective.NEGATIVE_ELBO);
    assertNear(elbo, terms.get(Objective.LOSS), 1e-5 + Math.abs(beside), "the ELBO");
  }
}
