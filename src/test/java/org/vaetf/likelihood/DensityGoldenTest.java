package org.vaetf.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaetf.base.Json;
import org.vaetf.base.RowShape;
import org.vaetf.testing.Golden;
import org.vaetf.testing.Near;

/**
 * Densities and means against SciPy's numbers, out to decoder outputs of ±10,000 and saturated
 * pixels, with gradients that stay finite there.
 */
class DensityGoldenTest {
  private static final double TOLERANCE = 1e-5;

  /** One likelihood of the golden file. */
  private record Case(Likelihood likelihood, JsonNode golden) {
    @Override
    public String toString() {
      return likelihood.toString();
    }
  }

  static Stream<Case> cases() {
    return StreamSupport.stream(Golden.read("densities").get("cases").spliterator(), false)
        .map(
            golden -> {
              String json = golden.get("likelihood").toString();
              return new Case(Json.read("golden", json, Likelihood.class), golden);
            });
  }

  @ParameterizedTest
  @MethodSource("cases")
  void logDensityAndMean(Case one) {
    float[] x = Golden.floats(one.golden.get("x"));
    double[] densities = Golden.doubles(one.golden.get("log_density"));
    double[] slack = Golden.doubles(one.golden.get("slack"));
    double[] means = Golden.doubles(one.golden.get("mean"));
    RowShape shape = RowShape.of(sizes(one.golden.get("shape")));
    try (LikelihoodGraph graph = new LikelihoodGraph(one.likelihood, shape)) {
      LikelihoodGraph.Result found = graph.run(x, Golden.floats(one.golden.get("parameters")));
      assertEquals(densities.length, found.logDensity().length);
      for (int row = 0; row < densities.length; row++) {
        String what = "log p of row " + row;
        double tolerance = TOLERANCE + slack[row] / Math.max(1, Math.abs(densities[row]));
        assertNear(densities[row], found.logDensity()[row], tolerance, what);
        assertNear(densities[row], found.trainingLogDensity()[row], tolerance, what);
      }
      assertNear(means, found.mean(), TOLERANCE, "mean");
      for (float[] gradient : List.of(found.gradient(), found.trainingGradient())) {
        for (double value : Near.doubles(gradient)) {
          assertTrue(Double.isFinite(value), "gradient " + value);
        }
      }
    }
  }

  private static int[] sizes(JsonNode shape) {
    return StreamSupport.stream(shape.spliterator(), false).mapToInt(JsonNode::intValue).toArray();
  }

  @Test
  void everyLikelihoodHasGoldenNumbers() {
    Set<Class<?>> found = new HashSet<>();
    cases().forEach(one -> found.add(one.likelihood.getClass()));
    // These two have theirs in likelihoods.json.
    found.add(Bernoulli.class);
    found.add(Gaussian.class);
    assertEquals(LikelihoodJsonTest.kinds(), found);
  }
}
