package org.vaetf.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.testing.Golden;
import org.vaetf.testing.OneLine;
import org.vaetf.tf.Workers;

/** Expectation maximization against NumPy's numbers, known mixtures and closed forms. */
class ExpectationMaximizationTest {
  private static final FitListener NOBODY = (turn, most, nats) -> {};

  private static ExpectationMaximization.Result run(
      Samples rows, FullMixture start, double regularization, int turns, double tolerance) {
    try (Workers workers = new Workers(2)) {
      return new ExpectationMaximization(rows, regularization, workers)
          .run(start, turns, tolerance, NOBODY);
    }
  }

  private static double[] spread(Samples rows, double regularization) {
    try (Workers workers = new Workers(1)) {
      return new ExpectationMaximization(rows, regularization, workers).spread();
    }
  }

  private static FullMixture start(Samples rows, int components, double regularization) {
    return MixtureStart.of(rows, components, spread(rows, regularization), new Seed(3));
  }

  private static FullMixture mixture(JsonNode golden) {
    List<Double> weights = new ArrayList<>();
    List<double[]> means = new ArrayList<>();
    List<double[]> covariances = new ArrayList<>();
    golden.get("weights").forEach(weight -> weights.add(weight.doubleValue()));
    golden.get("means").forEach(mean -> means.add(Golden.doubles(mean)));
    golden.get("covariances").forEach(one -> covariances.add(Golden.doubles(one)));
    return FullMixture.of(weights, means, covariances);
  }

  /** L Lᵀ. */
  private static double[] covariance(FullMixture mixture, int k) {
    int latent = mixture.latent();
    double[] factor = mixture.factors().get(k);
    double[] product = new double[latent * latent];
    for (int i = 0; i < latent; i++) {
      for (int j = 0; j < latent; j++) {
        for (int m = 0; m < latent; m++) {
          product[i * latent + j] += factor[i * latent + m] * factor[j * latent + m];
        }
      }
    }
    return product;
  }

  private static double[] weights(FullMixture mixture) {
    return mixture.weights().stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Test
  void everyTurnIsThatOfNumPy() {
    JsonNode golden = Golden.read("normal_mixture");
    Samples rows = Golden.array(golden.get("x")).rows();
    double[] likelihoods = Golden.doubles(golden.get("log_likelihood"));
    ExpectationMaximization.Result result =
        run(
            rows,
            mixture(golden.get("start")),
            golden.get("regularization").doubleValue(),
            likelihoods.length - 1,
            0);
    assertNear(
        likelihoods,
        result.logLikelihoods().stream().mapToDouble(Double::doubleValue).toArray(),
        1e-8,
        "log-likelihood");
    FullMixture end = mixture(golden.get("end"));
    assertNear(weights(end), weights(result.mixture()), 1e-8, "weights");
    for (int k = 0; k < end.components(); k++) {
      assertNear(end.means().get(k), result.mixture().means().get(k), 1e-8, "mean");
      assertNear(covariance(end, k), covariance(result.mixture(), k), 1e-8, "covariance");
    }
    assertNear(
        likelihoods[likelihoods.length - 1], result.mixture().meanLog(rows), 1e-8, "density");
  }

  /** Three clusters, far enough apart to be told. */
  private static Samples clusters(int rows) {
    int[] turn = {0};
    return LatentSpaces.points(
        rows,
        9,
        (a, b) ->
            switch (turn[0]++ % 4) {
              case 0 -> new double[] {4 + a, 0.5 * b + 0.5 * a};
              case 1 -> new double[] {-3 + 0.3 * a, 3 + b};
              default -> new double[] {-2 + 0.8 * a, -4 + 0.2 * b};
            });
  }

  @Test
  void aKnownMixtureIsRecovered() {
    Samples rows = clusters(4000);
    ExpectationMaximization.Result result = run(rows, start(rows, 3, 1e-6), 1e-6, 500, 1e-8);
    assertTrue(result.converged());
    FullMixture found = result.mixture();
    double[][] expected = {
      // weight, mean, covariance
      {0.25, 4, 0, 1, 0.5, 0.5}, {0.25, -3, 3, 0.09, 0, 1}, {0.5, -2, -4, 0.64, 0, 0.04}
    };
    for (double[] one : expected) {
      int k = nearest(found, one[1], one[2]);
      double[] covariance = covariance(found, k);
      double[] all = {
        found.weights().get(k),
        found.means().get(k)[0],
        found.means().get(k)[1],
        covariance[0],
        covariance[1],
        covariance[3]
      };
      // A thousand rows in the smallest: four standard errors of a variance of 1.
      assertNear(one, all, 4 * Math.sqrt(2.0 / 1000), "component");
    }
  }

  private static int nearest(FullMixture mixture, double x, double y) {
    int nearest = 0;
    for (int k = 1; k < mixture.components(); k++) {
      if (distance(mixture, k, x, y) < distance(mixture, nearest, x, y)) {
        nearest = k;
      }
    }
    return nearest;
  }

  private static double distance(FullMixture mixture, int k, double x, double y) {
    return Math.hypot(mixture.means().get(k)[0] - x, mixture.means().get(k)[1] - y);
  }

  @Test
  void withoutARidgeTheLikelihoodNeverFalls() {
    Samples rows = clusters(600);
    List<Double> history = run(rows, start(rows, 5, 0), 0, 60, 0).logLikelihoods();
    assertTrue(history.size() > 10, "turns: " + history.size());
    for (int turn = 1; turn < history.size(); turn++) {
      double gain = history.get(turn) - history.get(turn - 1);
      assertTrue(gain > -1e-12, "turn " + turn + " gains " + gain);
    }
    assertTrue(history.get(history.size() - 1) > history.get(0) + 0.5, history.toString());
  }

  @Test
  void oneComponentIsTheSampleMeanAndCovariance() {
    Samples rows = clusters(500);
    FullMixture found = run(rows, start(rows, 1, 0.01), 0.01, 5, 0).mixture();
    double[] moments = LatentSpaces.moments(rows);
    double ridge = 0.01 * (moments[2] + moments[4]) / 2;
    assertNear(new double[] {moments[0], moments[1]}, found.means().get(0), 1e-12, "mean");
    assertNear(
        new double[] {moments[2] + ridge, moments[3], moments[3], moments[4] + ridge},
        covariance(found, 0),
        1e-12,
        "covariance");
    assertNear(1, found.weights().get(0), 1e-15, "weight");
  }

  @Test
  void threadsChangeNoBit() {
    Samples rows = clusters(1000);
    FullMixture start = start(rows, 4, 1e-6);
    List<List<Double>> histories = new ArrayList<>();
    for (int threads : new int[] {1, 3}) {
      try (Workers workers = new Workers(threads)) {
        histories.add(
            new ExpectationMaximization(rows, 1e-6, workers)
                .run(start, 20, 0, NOBODY)
                .logLikelihoods());
      }
    }
    assertEquals(histories.get(0), histories.get(1));
  }

  @Test
  void anEmptyComponentIsBegunAnewAtTheRowThatFitsWorst() {
    Samples rows = clusters(200);
    double[] outlier = {40, 40};
    rows.values()[0] = 40;
    rows.values()[1] = 40;
    double[] identity = {1, 0, 0, 1};
    FullMixture start =
        FullMixture.of(
            List.of(0.5, 0.5),
            List.of(new double[2], new double[] {1e6, 1e6}),
            List.of(identity, identity));
    ExpectationMaximization.Result once = run(rows, start, 1e-6, 1, 0);
    assertEquals(1, once.begunAnew());
    assertArrayEquals(outlier, once.mixture().means().get(1));
    assertNear(1.0 / 201, once.mixture().weights().get(1), 1e-12, "weight of one row");
    assertNear(
        spread(rows, 1e-6)[0], covariance(once.mixture(), 1)[0], 1e-12, "covariance of all rows");
    ExpectationMaximization.Result again = run(rows, start, 1e-6, 50, 1e-6);
    assertTrue(again.converged());
    assertEquals(1, again.begunAnew());
    assertEquals(again.logLikelihoods(), run(rows, start, 1e-6, 50, 1e-6).logLikelihoods());
  }

  @Test
  void repeatedRowsKeepADensity() {
    float[] values = new float[200];
    for (int row = 0; row < 100; row++) {
      values[2 * row] = row % 2;
      values[2 * row + 1] = 3;
    }
    Samples rows = new Samples(RowShape.of(2), values);
    ExpectationMaximization.Result result = run(rows, start(rows, 2, 1e-6), 1e-6, 50, 1e-6);
    // Half the rows on each of two points, σ² = 1e-6 times the mean variance 1/8 there.
    double expected = Math.log(0.5) - Math.log(2 * Math.PI) - Math.log(1e-6 / 8);
    assertNear(expected, result.mixture().meanLog(rows), 1e-9, "log-density");
  }

  @Test
  void whatCannotBeFittedIsRefusedInOneLine() {
    Samples same = rows(1, 2, 1, 2, 1, 2);
    OneLine.of(() -> spread(same, 1e-6), "all 3 rows are the same", "expected a spread");
    Samples three = rows(1, 2, 1, 2, 0, 0);
    OneLine.ofConfig(
        () -> start(three, 4, 1e-6),
        "components is 4; expected at most 3, the number of latent points to learn from");
    OneLine.ofConfig(
        () -> start(three, 3, 1e-6),
        "components is 3; expected at most 2, the number of different latent points");
    Samples flat = rows(1, 2, 0, 2, 5, 2);
    OneLine.of(() -> start(flat, 2, 0), "component 0", "singular", "raise regularization");
  }

  private static Samples rows(float... values) {
    return new Samples(RowShape.of(2), values);
  }

  @Test
  void theStartIsSpreadOverDifferentRows() {
    Samples rows = clusters(300);
    FullMixture start = start(rows, 6, 1e-6);
    for (int k = 0; k < 6; k++) {
      int own = k;
      assertNear(1.0 / 6, start.weights().get(k), 1e-15, "weight");
      for (int other = 0; other < k; other++) {
        assertFalse(
            Arrays.equals(start.means().get(own), start.means().get(other)),
            "components " + own + " and " + other);
      }
    }
    FullMixture same = start(rows, 6, 1e-6);
    for (int k = 0; k < 6; k++) {
      assertArrayEquals(start.means().get(k), same.means().get(k));
    }
  }
}
