package org.vaetf.density;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.op.Ops;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Golden;
import org.vaetf.testing.Near;
import org.vaetf.tf.Array;

/** Densities of mixtures against SciPy's numbers, and draws against the weights and moments. */
class NormalMixtureTest {
  private static final int ROWS = 40_000;

  static Stream<JsonNode> mixtures() {
    return StreamSupport.stream(Golden.read("latents").get("mixtures").spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("mixtures")
  void logDensity(JsonNode golden) {
    float[] found =
        Evaluate.one(
                tf ->
                    new NormalMixture(
                            tf,
                            Evaluate.constant(tf, Golden.array(golden.get("logits"))),
                            Evaluate.constant(tf, Golden.array(golden.get("means"))),
                            Evaluate.constant(tf, Golden.array(golden.get("log_variances"))))
                        .logDensity(Evaluate.constant(tf, Golden.array(golden.get("z")))))
            .values();
    double[] expected = Golden.doubles(golden.get("log_density"));
    assertTrue(expected.length == found.length, "one for each row");
    for (int row = 0; row < expected.length; row++) {
      double limit = 1e-6 * Math.max(1, Math.abs(expected[row]));
      String what = golden.get("case").textValue() + ", row " + row;
      assertNear(expected[row], found[row], limit, what);
    }
  }

  /**
   * Where the squares that a squared distance is the rest of are millions of times the rest: points
   * within two standard deviations of a component, in the space's least variance.
   */
  @Test
  void narrowComponentsFarFromTheOrigin() {
    int components = 50;
    int latent = 20;
    Array means =
        new Array(new long[] {components, latent}, Evaluate.normal(components, latent, 1, 2));
    float[] z = means.values().clone();
    float[] away = Evaluate.normal(components, latent, 3, 4);
    float deviation = (float) Math.exp(-7.5);
    for (int i = 0; i < z.length; i++) {
      z[i] += deviation * away[i];
    }
    float[] logVariances = new float[z.length];
    Arrays.fill(logVariances, -15);
    float[] found =
        Evaluate.one(
                tf ->
                    mixture(
                            tf,
                            new float[components],
                            means,
                            new Array(means.shape(), logVariances))
                        .logDensity(Evaluate.constant(tf, new Array(means.shape(), z))))
            .values();
    for (int row = 0; row < components; row++) {
      double square = 0;
      for (int i = row * latent; i < (row + 1) * latent; i++) {
        square += Math.pow((double) z[i] - means.values()[i], 2) * Math.exp(15);
      }
      double expected =
          -Math.log(components) - 0.5 * (square + latent * (Math.log(2 * Math.PI) - 15));
      assertNear(expected, found[row], 1e-6 * Math.abs(expected) + 1e-5, "row " + row);
    }
  }

  /** Components so far apart that a draw tells which it is of. */
  @Test
  void drawsComeFromComponentsByTheirWeights() {
    float[] logits = {0.5f, -1, 1.5f, -1e4f};
    float[] means = {-100, 10, 0, 0, 100, -10, 1000, 1000};
    float[] logVariances = {0, 1, -2, 0.5f, 2, -1, 0, 0};
    Array noise = new Array(new long[] {ROWS, 3}, Evaluate.normal(ROWS, 3, 12, 34));
    float[] z = draw(logits, means, logVariances, noise);

    double[] weights = new double[3];
    double total = Math.exp(0.5) + Math.exp(-1) + Math.exp(1.5);
    for (int k = 0; k < 3; k++) {
      weights[k] = Math.exp(logits[k]) / total;
    }
    int[] counts = new int[3];
    double[][] sums = new double[3][4];
    for (int row = 0; row < ROWS; row++) {
      int k = Math.toIntExact(Math.round(z[2 * row] / 100.0)) + 1;
      counts[k]++;
      for (int i = 0; i < 2; i++) {
        double away = z[2 * row + i] - means[2 * k + i];
        sums[k][i] += away;
        sums[k][2 + i] += away * away;
      }
    }
    for (int k = 0; k < 3; k++) {
      double error = Math.sqrt(weights[k] * (1 - weights[k]) / ROWS);
      assertNear(weights[k], counts[k] / (double) ROWS, 4 * error, "share of component " + k);
      for (int i = 0; i < 2; i++) {
        double variance = Math.exp(logVariances[2 * k + i]);
        String what = "component " + k + ", dimension " + i;
        double mean = sums[k][i] / counts[k] / Math.sqrt(variance / counts[k]);
        assertNear(0, mean, 4, what + ", mean in standard errors");
        double square = (sums[k][2 + i] / counts[k] / variance - 1) / Math.sqrt(2.0 / counts[k]);
        assertNear(0, square, 4, what + ", variance in standard errors");
      }
    }
  }

  /** Φ of these rounds to 0 and to 1: the first and the last component that have any weight. */
  @Test
  void theLeastAndTheGreatestNoiseFindAComponentThatHasWeight() {
    Array noise = new Array(new long[] {4, 2}, new float[] {0, -40, 0, 40, 0, -6, 0, 6});
    float[] means = {-9, 1, 2, 3, 9};
    float[] logits = {-1e4f, 0, 0.7f, 0.1f, -1e4f};
    float[] z = draw(logits, means, new float[5], noise);
    assertNear(new double[] {1, 3, 1, 3}, z, 1e-6, "means of the components drawn from");
  }

  /** Sums of weights that rounding leaves below 1, or above. */
  @Test
  void manyEqualComponents() {
    for (int components : new int[] {1, 3, 7, 500}) {
      float[] means = new float[components];
      for (int k = 0; k < components; k++) {
        means[k] = k;
      }
      float[] noise = new float[2 * 9];
      for (int row = 0; row < 9; row++) {
        noise[2 * row + 1] = 1.5f * (row - 4);
      }
      float[] z =
          draw(
              new float[components],
              means,
              new float[components],
              new Array(new long[] {9, 2}, noise));
      assertNear(0, z[0], 1e-6, "the first of " + components);
      assertNear(components - 1.0, z[8], 1e-6, "the last of " + components);
      double[] sorted = Near.doubles(z);
      Arrays.sort(sorted);
      assertNear(sorted, z, 1e-6, "in the order of the noise");
    }
  }

  private static float[] draw(float[] logits, float[] means, float[] logVariances, Array noise) {
    long[] table = {logits.length, means.length / logits.length};
    return Evaluate.one(
            tf ->
                mixture(tf, logits, new Array(table, means), new Array(table, logVariances))
                    .draw(Evaluate.constant(tf, noise)))
        .values();
  }

  private static NormalMixture mixture(Ops tf, float[] logits, Array means, Array logVariances) {
    return new NormalMixture(
        tf, tf.constant(logits), Evaluate.constant(tf, means), Evaluate.constant(tf, logVariances));
  }
}
