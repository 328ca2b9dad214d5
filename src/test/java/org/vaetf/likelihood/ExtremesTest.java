package org.vaetf.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaetf.base.RowShape;
import org.vaetf.nn.LayerScope;
import org.vaetf.nn.Weights;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Near;
import org.vaetf.tf.Array;

/** Decoder outputs and weights of any size give finite numbers; first spreads are as asked for. */
class ExtremesTest {
  private static final float[] SIZES = {-1e4f, -100, -20, 0, 20, 100, 1e4f};
  private static final int ROWS = 40;

  static Stream<LikelihoodCase> cases() {
    return LikelihoodCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everythingStaysFinite(LikelihoodCase one) {
    SplittableRandom random = new SplittableRandom(5);
    RowShape wide = one.likelihood().parameters(one.shape());
    float[] x = one.data(ROWS, random);
    float[] parameters = extremes(ROWS * wide.size(), random);
    try (LikelihoodGraph graph = new LikelihoodGraph(one.likelihood(), one.shape())) {
      for (float size : SIZES) {
        Map<String, float[]> weights = new LinkedHashMap<>();
        graph
            .weights()
            .forEach(
                (name, shape) -> {
                  float[] all = new float[Math.toIntExact(shape.size())];
                  Arrays.fill(all, size);
                  weights.put(name, all);
                });
        LikelihoodGraph.Result found = graph.run(x, parameters, weights);
        assertFinite(found.logDensity(), "log p");
        assertFinite(found.trainingLogDensity(), "log p for training");
        assertFinite(found.mean(), "mean");
        assertFinite(found.gradient(), "gradient");
        assertFinite(found.trainingGradient(), "gradient for training");
        found.byWeight().forEach((name, gradient) -> assertFinite(gradient, name));
        if (one.likelihood().isDiscrete()) {
          for (float log : found.logDensity()) {
            // A probability, but for rounding.
            assertTrue(log <= 1e-3, "log p " + log);
          }
        }
      }
    }
  }

  private static float[] extremes(int count, SplittableRandom random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = SIZES[random.nextInt(SIZES.length)];
    }
    return values;
  }

  private static void assertFinite(float[] values, String what) {
    assertTrue(values.length > 0, what);
    for (float value : values) {
      assertTrue(Float.isFinite(value), () -> what + ": " + value);
    }
  }

  /** A fixed spread, and learned ones whose first value it is. */
  private record Spreads(Likelihood fixed, Likelihood learned, Likelihood perChannel) {
    @Override
    public String toString() {
      return fixed.toString();
    }
  }

  static Stream<Spreads> spreads() {
    return Stream.of(0.004, 0.3, 1.0, 6.0)
        .flatMap(
            value ->
                Stream.of(
                    new Spreads(
                        new Gaussian(Spread.FIXED, value),
                        new Gaussian(Spread.LEARNED, value),
                        new Gaussian(Spread.PER_CHANNEL, value)),
                    new Spreads(
                        new Laplace(Spread.FIXED, 2 * value),
                        new Laplace(Spread.LEARNED, 2 * value),
                        new Laplace(Spread.PER_CHANNEL, 2 * value)),
                    new Spreads(
                        new StudentT(4, Spread.FIXED, 2 * value),
                        new StudentT(4, Spread.LEARNED, 2 * value),
                        new StudentT(4, Spread.PER_CHANNEL, 2 * value)),
                    new Spreads(
                        new DiscretizedLogistic(Spread.FIXED, value),
                        new DiscretizedLogistic(Spread.LEARNED, value),
                        new DiscretizedLogistic(Spread.PER_CHANNEL, value)),
                    new Spreads(
                        new NegativeBinomial(Spread.FIXED, 100 * value),
                        new NegativeBinomial(Spread.LEARNED, 100 * value),
                        new NegativeBinomial(Spread.PER_CHANNEL, 100 * value))));
  }

  @ParameterizedTest
  @MethodSource("spreads")
  void theFirstSpreadIsTheOneAskedFor(Spreads spreads) {
    double[] expected = Near.doubles(firstLogDensity(spreads.fixed));
    assertEquals(2, expected.length);
    assertNear(expected, firstLogDensity(spreads.learned), 2e-5, "learned");
    assertNear(expected, firstLogDensity(spreads.perChannel), 2e-5, "for each channel");
  }

  private static float[] firstLogDensity(Likelihood likelihood) {
    RowShape shape = RowShape.of(3);
    Array x = new Array(new long[] {2, 3}, new float[] {0, 1, 1, 0, 0, 1});
    Array parameters = new Array(new long[] {2, 3}, new float[] {0, 0.75f, 1.25f, 0.5f, 0.1f, 1});
    return Evaluate.all(
            tf -> {
              Weights first =
                  Weights.from(
                      (graph, name, size, value) ->
                          value.value(graph, size, graph.constant(new long[] {0, 0})));
              Likelihood.Conditional given =
                  likelihood.given(
                      new LayerScope(tf, first, ""), Evaluate.constant(tf, parameters), shape);
              return List.of(given.logDensity(Evaluate.constant(tf, x)));
            })
        .get(0)
        .values();
  }
}
