package org.vaetf.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.base.RowShape;

/** Probabilities sum to 1, densities integrate to 1, and means are the means of that. */
class NormalizationTest {
  private static final RowShape ONE = RowShape.of(1);
  private static final double TOLERANCE = 1e-5;

  /** Points of a support, and how much of it each stands for. */
  @SuppressWarnings("ArrayRecordComponent") // Numbers for a sum.
  private record Points(float[] x, double[] measure) {

    /** Of probabilities. */
    static Points of(int count, IntToDoubleFunction value) {
      return weighted(count, value, i -> 1);
    }

    static Points weighted(int count, IntToDoubleFunction value, IntToDoubleFunction measure) {
      float[] x = new float[count];
      for (int i = 0; i < count; i++) {
        x[i] = (float) value.applyAsDouble(i);
      }
      return new Points(x, IntStream.range(0, count).mapToDouble(measure).toArray());
    }

    /** The unit interval by the midpoint rule. */
    static Points unitInterval(int count) {
      return weighted(count, i -> (i + 0.5) / count, i -> 1.0 / count);
    }

    /** The real line, as {@code x = location + scale tan θ}, by the midpoint rule in θ. */
    static Points line(int count, double location, double scale) {
      IntToDoubleFunction angle = i -> Math.PI * ((i + 0.5) / count - 0.5);
      return weighted(
          count,
          i -> location + scale * Math.tan(angle.applyAsDouble(i)),
          i -> Math.PI / count * scale / Math.pow(Math.cos(angle.applyAsDouble(i)), 2));
    }
  }

  /** Asserts the sum, and gives the mean that the sum has. */
  private static double assertSum(Likelihood likelihood, Points points, float... parameters) {
    LikelihoodGraph.Result found = evaluate(likelihood, points.x, parameters);
    double sum = 0;
    double mean = 0;
    for (int i = 0; i < points.x.length; i++) {
      double mass = Math.exp(found.logDensity()[i]) * points.measure[i];
      sum += mass;
      mean += mass * points.x[i];
    }
    assertNear(1, sum, TOLERANCE, "sum of p");
    return mean;
  }

  private static double mean(Likelihood likelihood, float... parameters) {
    return evaluate(likelihood, new float[] {0}, parameters).mean()[0];
  }

  private static LikelihoodGraph.Result evaluate(
      Likelihood likelihood, float[] x, float[] parameters) {
    float[] all = new float[x.length * parameters.length];
    for (int i = 0; i < x.length; i++) {
      System.arraycopy(parameters, 0, all, i * parameters.length, parameters.length);
    }
    try (LikelihoodGraph graph = new LikelihoodGraph(likelihood, ONE)) {
      return graph.run(x, all);
    }
  }

  private static void assertSumAndMean(
      Likelihood likelihood, Points points, double tolerance, float... parameters) {
    double mean = assertSum(likelihood, points, parameters);
    assertNear(mean, mean(likelihood, parameters), tolerance, "mean");
  }

  @ParameterizedTest
  @ValueSource(floats = {-30, -2, 0, 0.5f, 30})
  void bernoulli(float logit) {
    assertSumAndMean(new Bernoulli(), Points.of(2, i -> i), TOLERANCE, logit);
  }

  /** At λ = ½ and on either side of where the series takes over. */
  @ParameterizedTest
  @ValueSource(floats = {-60, -3, -1.001f, -0.999f, -1e-3f, 0, 1e-6f, 0.02f, 0.999f, 1.001f, 8, 60})
  void continuousBernoulli(float logit) {
    Likelihood likelihood = new ContinuousBernoulli();
    assertSumAndMean(likelihood, Points.unitInterval(20_000), 2e-5, logit);
    if (logit == 0) {
      float[] uniform = evaluate(likelihood, new float[] {0.3f}, new float[] {0}).logDensity();
      assertEquals(0, uniform[0], 1e-30);
      assertEquals(0.5f, mean(likelihood, 0));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1.5, -2", "-0.5, 3"})
  void realLine(float location, float rawSpread) {
    Points points = Points.line(20_001, location, Math.exp(rawSpread / 2));
    for (Likelihood likelihood :
        new Likelihood[] {
          new Gaussian(Spread.PER_PIXEL, 1),
          new Laplace(Spread.PER_PIXEL, 1),
          new StudentT(3, Spread.PER_PIXEL, 1)
        }) {
      assertSumAndMean(likelihood, points, 1e-4, location, rawSpread);
    }
    // Without a mean, still a density.
    assertSum(new StudentT(1, Spread.PER_PIXEL, 1), points, location, rawSpread);
  }

  private static Points levels() {
    return Points.of(256, i -> i / 255.0);
  }

  /** The mean within half a level, and closely where the scale is some bins wide. */
  @ParameterizedTest
  @CsvSource({
    "0.5007, -20, 0.00197",
    "0.3, -7, 0.00197",
    "0.3, -5, 2e-5",
    "0, -4, 2e-5",
    "1.02, -3, 2e-5",
    "0.9, -1, 2e-5",
    "-3, 0, 2e-5",
    "4, 20, 2e-5",
    "50, -2, 2e-5"
  })
  void discretizedLogistic(float location, float rawScale, double tolerance) {
    Likelihood likelihood = new DiscretizedLogistic(Spread.PER_PIXEL, 1);
    assertSumAndMean(likelihood, levels(), tolerance, location, rawScale);
  }

  @Test
  void discretizedLogisticMixture() {
    float[] parameters = {0.5f, -1, 2, /* μ */ 0.1f, 0.8f, 1.2f, /* log s */ -3, -4, -2};
    assertSumAndMean(new DiscretizedLogisticMixture(3), levels(), 2e-5, parameters);
  }

  /** What each combination of green and blue has beside a red of 77. */
  @SuppressWarnings("ArrayRecordComponent") // Numbers for a sum.
  private record Colours(double[] probabilities, float[] mean) {
    private static final float RED = 77 / 255f;

    static Colours of(Likelihood mixture, float... parameters) {
      int count = 256 * 256;
      float[] x = new float[3 * count];
      float[] all = new float[parameters.length * count];
      for (int i = 0; i < count; i++) {
        x[3 * i] = RED;
        x[3 * i + 1] = (i >> 8) / 255f;
        x[3 * i + 2] = (i & 255) / 255f;
        System.arraycopy(parameters, 0, all, i * parameters.length, parameters.length);
      }
      try (LikelihoodGraph graph = new LikelihoodGraph(mixture, RowShape.image(1, 1, 3))) {
        LikelihoodGraph.Result found = graph.run(x, all);
        double[] probabilities =
            IntStream.range(0, count).mapToDouble(i -> Math.exp(found.logDensity()[i])).toArray();
        return new Colours(probabilities, Arrays.copyOf(found.mean(), 3));
      }
    }

    double sum() {
      return Arrays.stream(probabilities).sum();
    }

    double mean(IntToDoubleFunction level) {
      double sum = 0;
      for (int i = 0; i < probabilities.length; i++) {
        sum += probabilities[i] * level.applyAsDouble(i) / 255;
      }
      return sum / sum();
    }
  }

  /** Summed over green and blue, a pixel's probability is that of its red alone. */
  @Test
  void mixtureOfColours() {
    Likelihood mixture = new DiscretizedLogisticMixture(2);
    float[] grey = {0.5f, -1, /* μ */ 0.2f, 0.8f, /* log s */ -3, -4};
    Colours colours =
        Colours.of(
            mixture,
            new float[] {
              0.5f, -1, /* μ */ 0.2f, 0.8f, 0.1f, 0.6f, 0.9f, 0.4f, /* log s */ -3, -4, -2.5f, -5,
              -3, -2, /* slopes */ 0.3f, -0.4f, -0.2f, 0.1f, 0.5f, 0.2f
            });
    double red = Math.exp(evaluate(mixture, new float[] {Colours.RED}, grey).logDensity()[0]);
    assertTrue(red > 1e-3, "a level that occurs: " + red);
    assertNear(1, colours.sum() / red, TOLERANCE, "sum over green and blue");
  }

  /** Red hardly ever is another level, and green and blue keep away from the ends. */
  @Test
  void meanOfColours() {
    Colours colours =
        Colours.of(
            new DiscretizedLogisticMixture(2),
            new float[] {
              1, -1, /* μ */ 77 / 255f, 77 / 255f, 0.4f, 0.6f, 0.3f, 0.5f, /* log s */ -20, -20, -4,
              -5, -4, -5, /* slopes */ 0.3f, -0.4f, -0.2f, 0.1f, 0.5f, 0.2f
            });
    assertNear(1, colours.sum(), 0.01, "nearly all of red");
    assertNear(Colours.RED, colours.mean[0], 1e-5, "red");
    assertNear(colours.mean(i -> i >> 8), colours.mean[1], 1e-4, "green");
    assertNear(colours.mean(i -> i & 255), colours.mean[2], 1e-4, "blue");
  }

  @Test
  void categorical() {
    Points fives = Points.of(5, i -> i / 4.0);
    assertSumAndMean(new Categorical(5), fives, TOLERANCE, 1, -2, 0.5f, 3, 0);
    assertSumAndMean(new Categorical(5), fives, TOLERANCE, 0, 1e4f, 0, 1e4f, -1e4f);
  }

  @ParameterizedTest
  @ValueSource(floats = {-6, 0, 1.5f, 4, 7})
  void poisson(float logRate) {
    assertSumAndMean(new Poisson(), Points.of(2000, i -> i), 2e-5, logRate);
  }

  @ParameterizedTest
  @CsvSource({"-2, 0", "0, 4", "1.5, 20", "3, -0.5", "4, 2"})
  void negativeBinomial(float logRate, float rawR) {
    assertSumAndMean(
        new NegativeBinomial(Spread.PER_PIXEL, 1), Points.of(4000, i -> i), 2e-5, logRate, rawR);
  }
}
