package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaetf.base.Samples;
import org.vaetf.model.GradientEstimator;
import org.vaetf.model.ImportanceWeighted;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.Array;

/**
 * The mean of an estimator over much noise beside that of the bound's own gradient, in standard
 * errors of their difference: an unbiased one is near it, and the noise is enough to tell one that
 * is not.
 */
class UnbiasedGradientsTest {
  private static final int COPIES = 500;
  private static final int CALLS = 40;
  private static final TinyModel VAE = TinyModel.preset("vae");

  /** One row, copied: a call's gradient is the mean over as many draws of noise. */
  private static final Samples X = copies(VAE.data(1, 3));

  @ParameterizedTest
  @CsvSource({"3, 0, 1", "3, 0.3, 1", "3, 0, 0.5", "2, 0, 0"})
  void doublyReparameterizedIsUnbiased(int draws, double elboWeight, double warmUp) {
    ImportanceWeighted bound =
        ImportanceWeighted.defaults().withDraws(draws).withElboWeight(elboWeight);
    double away =
        farthest(bound, bound.withEstimator(GradientEstimator.DOUBLY_REPARAMETERIZED), warmUp);
    assertTrue(away < 4.5, "farthest by " + away + " standard errors");
  }

  @ParameterizedTest
  @CsvSource({"1, true", "3, false"})
  void stickingTheLandingIsUnbiasedForOneDrawAlone(int draws, boolean unbiased) {
    ImportanceWeighted bound = ImportanceWeighted.defaults().withDraws(draws);
    double away = farthest(bound, bound.withEstimator(GradientEstimator.STICKING_THE_LANDING), 1);
    assertTrue(unbiased ? away < 4.5 : away > 8, "farthest by " + away + " standard errors");
  }

  /** Over all numbers of the encoder's weights. */
  private static double farthest(
      ImportanceWeighted standard, ImportanceWeighted other, double warmUp) {
    Map<String, double[]> sums = new LinkedHashMap<>();
    Map<String, double[]> squares = new LinkedHashMap<>();
    TinyModel first = VAE.with(VAE.config().withObjective(standard));
    TinyModel second = VAE.with(VAE.config().withObjective(other));
    Map<String, Array> weights = first.weights(9);
    try (LossGraph one = new LossGraph(first);
        LossGraph two = new LossGraph(second)) {
      for (int call = 0; call < CALLS; call++) {
        long[] seed = {11, call};
        Map<String, Array> expected = one.gradients(weights, X, seed, warmUp);
        two.gradients(weights, X, seed, warmUp)
            .forEach(
                (name, gradient) ->
                    add(name, gradient.values(), expected.get(name).values(), sums, squares));
      }
    }
    double farthest = 0;
    for (Map.Entry<String, double[]> sum : sums.entrySet()) {
      for (int i = 0; i < sum.getValue().length; i++) {
        double mean = sum.getValue()[i] / CALLS;
        double variance = squares.get(sum.getKey())[i] / CALLS - mean * mean;
        // Units that the row does not reach have no gradient and no noise.
        double error = Math.sqrt(variance / (CALLS - 1)) + 1e-7;
        farthest = Math.max(farthest, Math.abs(mean) / error);
      }
    }
    return farthest;
  }

  private static void add(
      String name,
      float[] found,
      float[] expected,
      Map<String, double[]> sums,
      Map<String, double[]> squares) {
    if (!name.startsWith("encoder.")) {
      return;
    }
    double[] sum = sums.computeIfAbsent(name, key -> new double[found.length]);
    double[] square = squares.computeIfAbsent(name, key -> new double[found.length]);
    for (int i = 0; i < found.length; i++) {
      double away = (double) found[i] - expected[i];
      sum[i] += away;
      square[i] += away * away;
    }
  }

  private static Samples copies(Samples row) {
    float[] values = new float[COPIES * row.values().length];
    for (int i = 0; i < COPIES; i++) {
      System.arraycopy(row.values(), 0, values, i * row.values().length, row.values().length);
    }
    return new Samples(row.shape(), values);
  }
}
