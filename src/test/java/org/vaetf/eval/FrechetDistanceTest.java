package org.vaetf.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.vaetf.testing.Near.assertNear;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vaetf.base.Samples;
import org.vaetf.testing.Golden;
import org.vaetf.testing.OneLine;

class FrechetDistanceTest {

  @Test
  void isWhatTheScriptFoundWithoutFullRankToo() {
    for (JsonNode golden : Golden.read("generation").get("pairs")) {
      FeatureMoments real = FeatureMoments.of(Golden.array(golden.get("real")).rows());
      FeatureMoments generated = FeatureMoments.of(Golden.array(golden.get("generated")).rows());
      double expected = golden.get("frechet").asDouble();
      String what = golden.get("case").asText();
      assertNear(expected, FrechetDistance.squared(real, generated), 1e-8, what);
      assertNear(expected, FrechetDistance.squared(generated, real), 1e-8, what + ", back");
      assertNear(0.0, FrechetDistance.squared(real, real), 1e-12, what + ", to itself");
    }
  }

  @Test
  void momentsAreWhatTheScriptFound() {
    JsonNode golden = Golden.read("generation").get("moments");
    FeatureMoments moments = FeatureMoments.of(Golden.array(golden.get("x")).rows());
    assertNear(Golden.doubles(golden.get("mean")), moments.mean(), 1e-8, "mean");
    assertNear(Golden.doubles(golden.get("covariance")), moments.covariance(), 1e-8, "covariance");
  }

  /** In one dimension {@code d² = (μ1 − μ2)² + (σ1 − σ2)²}. */
  @Test
  void inOneDimensionIsThatOfMeansAndDeviations() {
    double found = FrechetDistance.squared(gaussian(1, 9), gaussian(-3, 0.25));
    assertNear(16 + 2.5 * 2.5, found, 1e-14, "two");
    assertNear(16 + 9, FrechetDistance.squared(gaussian(1, 9), gaussian(-3, 0)), 1e-14, "a point");
  }

  private static FeatureMoments gaussian(double mean, double variance) {
    return new FeatureMoments(new double[] {mean}, new double[] {variance});
  }

  /** Covariances with the same eigenvectors: {@code Σ (√λ1 − √λ2)²}, whatever the rotation. */
  @Test
  void commutingCovariancesHaveAClosedForm() {
    int size = 40;
    double[] first = new double[size];
    double[] second = new double[size];
    double expected = 0;
    for (int i = 0; i < size; i++) {
      first[i] = i % 3 == 0 ? 0 : Math.pow(10, 4.0 * i / size - 2);
      second[i] = i % 5 == 0 ? 0 : 1 + i % 7;
      expected += Math.pow(Math.sqrt(first[i]) - Math.sqrt(second[i]), 2);
    }
    double[] mean = new double[size];
    double found =
        FrechetDistance.squared(
            new FeatureMoments(mean, reflected(first)),
            new FeatureMoments(mean, reflected(second)));
    assertNear(expected, found, 1e-12, "reflected");
  }

  /** {@code H D H} for a Householder reflection {@code H = I − 2 v vᵀ}, the same each time. */
  private static double[] reflected(double[] diagonal) {
    int size = diagonal.length;
    SplittableRandom random = new SplittableRandom(5);
    double[] v = random.doubles(size, -1, 1).toArray();
    double norm = Math.sqrt(java.util.Arrays.stream(v).map(x -> x * x).sum());
    double[] matrix = new double[size * size];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        for (int k = 0; k < size; k++) {
          double left = (row == k ? 1 : 0) - 2 * v[row] * v[k] / norm / norm;
          double right = (column == k ? 1 : 0) - 2 * v[column] * v[k] / norm / norm;
          matrix[row * size + column] += left * diagonal[k] * right;
        }
      }
    }
    return matrix;
  }

  /** Scaled by c, features lie c² as far apart, in whatever units they come. */
  @Test
  void growsWithTheSquareOfTheUnits() {
    JsonNode golden = Golden.read("generation").get("pairs").get(0);
    for (double unit : new double[] {1e-9, 1e9}) {
      FeatureMoments real = FeatureMoments.of(scaled(golden.get("real"), unit));
      FeatureMoments generated = FeatureMoments.of(scaled(golden.get("generated"), unit));
      double found = FrechetDistance.squared(real, generated) / unit / unit;
      assertNear(golden.get("frechet").asDouble(), found, 1e-5, "unit " + unit);
    }
  }

  private static Samples scaled(JsonNode node, double unit) {
    Samples rows = Golden.array(node).rows();
    for (int i = 0; i < rows.values().length; i++) {
      rows.values()[i] *= (float) unit;
    }
    return rows;
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    OneLine.ofConfig(
        () ->
            FrechetDistance.squared(
                gaussian(0, 1), new FeatureMoments(new double[2], new double[4])),
        "number of features is 2",
        "expected 1");
    OneLine.ofConfig(() -> new FeatureMoments(new double[2], new double[3]), "2 × 2");
    OneLine.ofConfig(
        () -> FeatureMoments.of(Samples.of(new float[][] {{1, 2}})), "is 1", "2 or more");
    assertEquals(0, FrechetDistance.squared(gaussian(2, 0), gaussian(2, 0)));
  }
}
