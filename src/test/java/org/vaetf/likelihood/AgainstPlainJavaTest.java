package org.vaetf.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.vaetf.testing.Near.assertNear;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaetf.base.RowShape;
import org.vaetf.testing.Near;
import org.vaetf.testing.PlainLikelihood;
import org.vaetf.tf.Array;

/**
 * Densities, means and gradients of random rows against plain Java. The gradients are held against
 * differences in double precision, so they must be right to single precision.
 */
class AgainstPlainJavaTest {
  private static final int ROWS = 3;
  private static final double STEP = 1e-4;

  static Stream<LikelihoodCase> cases() {
    return LikelihoodCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everythingAgreesWithPlainJava(LikelihoodCase one) {
    SplittableRandom random = new SplittableRandom(3);
    RowShape wide = one.likelihood().parameters(one.shape());
    float[] x = one.data(ROWS, random);
    float[] parameters = uniform(ROWS * wide.size(), random);
    try (LikelihoodGraph graph = new LikelihoodGraph(one.likelihood(), one.shape())) {
      Map<String, float[]> weights = new LinkedHashMap<>();
      graph
          .weights()
          .forEach(
              (name, size) -> weights.put(name, uniform(Math.toIntExact(size.size()), random)));
      LikelihoodGraph.Result found = graph.run(x, parameters, weights);
      assertEquals(ROWS, found.logDensity().length);
      for (int row = 0; row < ROWS; row++) {
        assertRow(one, weights, found, row(x, row), row(parameters, row), row);
      }
      assertWeights(one, weights, found, x, parameters);
    }
  }

  private static void assertRow(
      LikelihoodCase one,
      Map<String, float[]> weights,
      LikelihoodGraph.Result found,
      double[] x,
      double[] parameters,
      int row) {
    PlainLikelihood plain = plain(one, weights);
    double expected = plain.logDensity(x, parameters);
    assertNear(expected, found.logDensity()[row], 1e-5, "log p");
    assertNear(expected, found.trainingLogDensity()[row], 1e-5, "log p for training");
    assertNear(plain.mean(parameters), row(found.mean(), row), 1e-5, "mean");
    double[] gradient = new double[parameters.length];
    for (int i = 0; i < gradient.length; i++) {
      double[] moved = parameters.clone();
      moved[i] = parameters[i] + STEP;
      double above = plain.logDensity(x, moved);
      moved[i] = parameters[i] - STEP;
      gradient[i] = (above - plain.logDensity(x, moved)) / (2 * STEP);
    }
    assertNear(gradient, row(found.gradient(), row), 1e-4, "gradient");
    assertNear(gradient, row(found.trainingGradient(), row), 1e-4, "gradient for training");
  }

  private static void assertWeights(
      LikelihoodCase one,
      Map<String, float[]> weights,
      LikelihoodGraph.Result found,
      float[] x,
      float[] parameters) {
    float step = 1f / 64;
    weights.forEach(
        (name, values) -> {
          for (int i = 0; i < values.length; i++) {
            double difference =
                (8 * sum(one, moved(weights, name, i, step), x, parameters)
                        - 8 * sum(one, moved(weights, name, i, -step), x, parameters)
                        - sum(one, moved(weights, name, i, 2 * step), x, parameters)
                        + sum(one, moved(weights, name, i, -2 * step), x, parameters))
                    / (12 * step);
            assertNear(difference, found.byWeight().get(name)[i], 1e-4, name + "[" + i + "]");
          }
        });
  }

  private static Map<String, float[]> moved(
      Map<String, float[]> weights, String name, int i, float step) {
    Map<String, float[]> moved = new LinkedHashMap<>(weights);
    float[] values = weights.get(name).clone();
    values[i] += step;
    moved.put(name, values);
    return moved;
  }

  private static double sum(
      LikelihoodCase one, Map<String, float[]> weights, float[] x, float[] parameters) {
    double sum = 0;
    for (int row = 0; row < ROWS; row++) {
      sum += plain(one, weights).logDensity(row(x, row), row(parameters, row));
    }
    return sum;
  }

  private static PlainLikelihood plain(LikelihoodCase one, Map<String, float[]> weights) {
    Map<String, Array> arrays = new LinkedHashMap<>();
    weights.forEach(
        (name, values) -> arrays.put(name, new Array(new long[] {values.length}, values)));
    return PlainLikelihood.of(one.likelihood(), one.shape(), arrays);
  }

  private static double[] row(float[] rows, int row) {
    int size = rows.length / ROWS;
    return Arrays.copyOfRange(Near.doubles(rows), row * size, (row + 1) * size);
  }

  private static float[] uniform(int count, SplittableRandom random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      // On a grid, so that a step of a power of two is exact.
      values[i] = Math.round((2 * random.nextDouble() - 1) * 1024) / 1024f;
    }
    return values;
  }
}
