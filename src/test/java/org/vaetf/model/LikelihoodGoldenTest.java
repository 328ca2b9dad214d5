package org.vaetf.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.vaetf.testing.Near.assertNear;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.RowShape;
import org.vaetf.latent.DiagonalGaussian;
import org.vaetf.latent.Posterior;
import org.vaetf.latent.Prior;
import org.vaetf.latent.StandardNormal;
import org.vaetf.likelihood.Bernoulli;
import org.vaetf.likelihood.Gaussian;
import org.vaetf.likelihood.Likelihood;
import org.vaetf.likelihood.Spread;
import org.vaetf.nn.LayerScope;
import org.vaetf.nn.Weights;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Golden;
import org.vaetf.testing.PlainActivation;
import org.vaetf.tf.Array;

/** Densities and divergences against SciPy's numbers. */
class LikelihoodGoldenTest {
  private static final double TOLERANCE = 1e-5;
  private static final JsonNode GOLDEN = Golden.read("likelihoods");

  static Stream<JsonNode> bernoulliCases() {
    return StreamSupport.stream(GOLDEN.get("bernoulli").spliterator(), false);
  }

  static Stream<JsonNode> gaussianCases() {
    return StreamSupport.stream(GOLDEN.get("gaussian").spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("bernoulliCases")
  void bernoulliLogDensity(JsonNode golden) {
    Array x = Golden.array(golden.get("x"));
    Array found =
        Evaluate.one(
            tf ->
                logDensity(
                    tf, new Bernoulli(), x, Golden.array(golden.get("logits")), noWeights()));
    assertRows(golden.get("log_likelihood"), found, "log p(x|z)");
  }

  @ParameterizedTest
  @MethodSource("gaussianCases")
  void gaussianLogDensity(JsonNode golden) {
    Array x = Golden.array(golden.get("x"));
    Array mean = Golden.array(golden.get("mean"));
    double[] logVariance = Golden.doubles(golden.get("log_variance"));
    if (logVariance.length == 1) {
      double variance = Math.exp(logVariance[0]);
      Gaussian fixed = new Gaussian(Spread.FIXED, variance);
      Gaussian learned = new Gaussian(Spread.LEARNED, variance);
      assertRows(
          golden.get("log_likelihood"),
          Evaluate.one(tf -> logDensity(tf, fixed, x, mean, noWeights())),
          "fixed");
      assertRows(
          golden.get("log_likelihood"),
          Evaluate.one(tf -> logDensity(tf, learned, x, mean, firstValues())),
          "learned, at its first value");
    } else {
      Gaussian perPixel = new Gaussian(Spread.PER_PIXEL, 1);
      Array parameters = besideUnbounded(mean, logVariance);
      assertRows(
          golden.get("log_likelihood"),
          Evaluate.one(tf -> logDensity(tf, perPixel, x, parameters, noWeights())),
          "per pixel");
    }
  }

  /** With x at the mean, log p is −(log 2π + log σ²) / 2. */
  @ParameterizedTest
  @ValueSource(doubles = {-40, -12, -10, -3, 0, 4, 30})
  void learnedLogVarianceIsBoundedBelowSoftly(double unbounded) {
    double logVariance = -10 + PlainActivation.softplus(unbounded + 10);
    double expected = -(Math.log(2 * Math.PI) + logVariance) / 2;
    Array zero = new Array(new long[] {1, 1}, new float[] {0});

    Array learned =
        Evaluate.one(
            tf ->
                logDensity(
                    tf,
                    new Gaussian(Spread.LEARNED, 1),
                    zero,
                    zero,
                    Weights.given(name -> tf.constant((float) unbounded))));
    Array perPixel =
        Evaluate.one(
            tf ->
                logDensity(
                    tf,
                    new Gaussian(Spread.PER_PIXEL, 1),
                    zero,
                    new Array(new long[] {1, 2}, new float[] {0, (float) unbounded}),
                    noWeights()));

    assertNear(expected, learned.values()[0], TOLERANCE, "learned");
    assertNear(expected, perPixel.values()[0], TOLERANCE, "per pixel");
  }

  @Test
  void divergenceByDimensionAndInAll() {
    JsonNode golden = GOLDEN.get("kl");
    List<Array> found =
        Evaluate.all(
            tf -> {
              Operand<TFloat32> divergence = posterior(tf, golden).divergence().orElseThrow();
              return List.of(divergence, tf.reduceSum(divergence, tf.constant(1)));
            });
    Array expected = Golden.array(golden.get("by_dimension"));
    assertArrayEquals(expected.shape(), found.get(0).shape());
    assertNear(
        Golden.doubles(golden.get("by_dimension")),
        found.get(0).values(),
        TOLERANCE,
        "KL by dimension");
    assertRows(golden.get("kl"), found.get(1), "KL");
  }

  @Test
  void posteriorLogDensityAtADraw() {
    JsonNode golden = GOLDEN.get("posterior");
    double[] z = Golden.doubles(golden.get("z"));
    double[] mean = Golden.doubles(golden.get("mean"));
    double[] logVariance = Golden.doubles(golden.get("log_variance"));
    Array like = Golden.array(golden.get("z"));
    float[] noise = new float[z.length];
    for (int i = 0; i < z.length; i++) {
      noise[i] = (float) ((z[i] - mean[i]) / Math.exp(logVariance[i] / 2));
    }
    List<Array> found =
        Evaluate.all(
            tf -> {
              Posterior.Draw draw =
                  posterior(tf, golden).draw(Evaluate.constant(tf, new Array(like.shape(), noise)));
              return List.of(draw.z(), draw.logDensity());
            });
    assertArrayEquals(like.shape(), found.get(0).shape());
    assertNear(z, found.get(0).values(), TOLERANCE, "z");
    assertRows(golden.get("log_density"), found.get(1), "log q(z|x)");
  }

  @Test
  void standardNormalLogDensity() {
    JsonNode golden = GOLDEN.get("standard_normal");
    Array found =
        Evaluate.one(
            tf ->
                standardNormal(tf)
                    .logDensity(Evaluate.constant(tf, Golden.array(golden.get("z")))));
    assertRows(golden.get("log_density"), found, "log p(z)");
  }

  @Test
  void evidenceLowerBound() {
    JsonNode golden = GOLDEN.get("elbo");
    Array found =
        Evaluate.one(
            tf -> {
              Operand<TFloat32> divergence = posterior(tf, golden).divergence().orElseThrow();
              return tf.math.sub(
                  logDensity(
                      tf,
                      new Bernoulli(),
                      Golden.array(golden.get("x")),
                      Golden.array(golden.get("logits")),
                      noWeights()),
                  tf.reduceSum(divergence, tf.constant(1)));
            });
    assertRows(golden.get("elbo"), found, "ELBO");
  }

  private static Prior.Distribution standardNormal(Ops tf) {
    return new StandardNormal().given(scope(tf, noWeights()), 1, Optional.empty());
  }

  private static Posterior.Conditional posterior(Ops tf, JsonNode golden) {
    Operand<TFloat32> parameters =
        tf.concat(
            List.of(
                Evaluate.constant(tf, Golden.array(golden.get("mean"))),
                Evaluate.constant(tf, Golden.array(golden.get("log_variance")))),
            tf.constant(1));
    int latent = (int) parameters.shape().get(1) / 2;
    return new DiagonalGaussian()
        .given(scope(tf, noWeights()), parameters, latent, standardNormal(tf));
  }

  private static Operand<TFloat32> logDensity(
      Ops tf, Likelihood likelihood, Array x, Array parameters, Weights weights) {
    RowShape shape = RowShape.of(Math.toIntExact(x.shape()[1]));
    return likelihood
        .given(scope(tf, weights), Evaluate.constant(tf, parameters), shape)
        .logDensity(Evaluate.constant(tf, x));
  }

  private static LayerScope scope(Ops tf, Weights weights) {
    return new LayerScope(tf, weights, "");
  }

  private static Weights noWeights() {
    return Weights.given(
        name -> {
          throw new AssertionError("asks for a weight " + name);
        });
  }

  private static Weights firstValues() {
    return Weights.from(
        (tf, name, shape, first) -> first.value(tf, shape, tf.constant(new long[] {0, 0})));
  }

  /** Each row's means, then what the soft bound maps to each log-variance. */
  private static Array besideUnbounded(Array mean, double[] logVariance) {
    int rows = Math.toIntExact(mean.shape()[0]);
    int width = Math.toIntExact(mean.shape()[1]);
    float[] both = new float[2 * rows * width];
    for (int i = 0; i < rows * width; i++) {
      int at = i / width * 2 * width + i % width;
      both[at] = mean.values()[i];
      both[at + width] = (float) (-10 + Math.log(Math.expm1(logVariance[i] + 10)));
    }
    return new Array(new long[] {rows, 2L * width}, both);
  }

  private static void assertRows(JsonNode expected, Array found, String what) {
    assertArrayEquals(new long[] {expected.size()}, found.shape(), what);
    assertNear(Golden.doubles(expected), found.values(), TOLERANCE, what);
  }
}
