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
  /** Of the greatest term of a squared distance, which the product of matrices rounds by. */
  private static final double ROUNDING = 2e-7;

  private static final int ROWS = 40_000;

  static Stream<JsonNode> mixtures() {
    return StreamSupport.stream(Golden.read("latents").get("mixtures").spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("mixtures")
  void logDensity(JsonNode golden) {
    Array z = Golden.array(golden.get("z"));
    Array means = Golden.array(golden.get("means"));
    Array logVariances = Golden.array(golden.get("log_variances"));
    float[] found =
        Evaluate.one(
                tf ->
                    new NormalMixture(
                            tf,
                            Evaluate.constant(tf, Golden.array(golden.get("logits"))),
                            Evaluate.constant(tf, means),
                            Evaluate.constant(tf, logVariances))
                        .logDensity(Evaluate.constant(tf, z)))
            .values();
    double[] expected = Golden.doubles(golden.get("log_density"));
    assertTrue(expected.length == found.length, "one for each row");
    for (int row = 0; row < expected.length; row++) {
      double limit = 1e-6 * Math.max(1, Math.abs(expected[row]));
      limit += ROUNDING * greatest(z, row, means, logVariances);
      String what = golden.get("case").textValue() + ", row " + row;
      assertNear(0, (found[row] - expected[row]) / limit, 1, what + ", in units of its limit");
    }
  }

  /** Σ z²/σ² + 2 |zμ|/σ² + μ²/σ² of the narrowest component. */
  private static double greatest(Array z, int row, Array means, Array logVariances) {
    int latent = (int) z.shape()[1];
    double greatest = 0;
    for (int k = 0; k < means.shape()[0]; k++) {
      double sum = 0;
      for (int i = 0; i < latent; i++) {
        double size =
            Math.abs(z.values()[row * latent + i]) + Math.abs(means.values()[k * latent + i]);
        sum += size * size / Math.exp(logVariances.values()[k * latent + i]);
      }
      greatest = Math.max(greatest, sum);
    }
    return greatest;
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
