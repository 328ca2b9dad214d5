package org.vaetf.latent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaetf.nn.LayerScope;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Golden;
import org.vaetf.testing.RandomWeights;
import org.vaetf.tf.Array;

/** A normal posterior with a full covariance against SciPy's numbers. */
class FullGaussianTest {
  private static final double TOLERANCE = 1e-5;

  static Stream<JsonNode> golden() {
    return StreamSupport.stream(Golden.read("latents").get("full_gaussian").spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("golden")
  void drawsDensitiesVariancesAndDivergence(JsonNode golden) {
    int latent = golden.get("latent").intValue();
    Array parameters = Golden.array(golden.get("parameters"));
    List<Array> found =
        Evaluate.all(
            tf -> {
              Posterior.Conditional posterior =
                  new FullGaussian()
                      .given(
                          new RandomWeights(1, 1).scope(tf),
                          Evaluate.constant(tf, parameters),
                          latent,
                          new StandardNormal.Standard(tf));
              Posterior.Draw draw =
                  posterior.draw(Evaluate.constant(tf, Golden.array(golden.get("noise"))));
              return List.of(
                  draw.z(),
                  draw.logDensity(),
                  posterior.logVariance(),
                  posterior.divergence().orElseThrow(),
                  tf.identity(posterior.mean()));
            });
    assertArrayEquals(new long[] {parameters.shape()[0], latent}, found.get(3).shape());
    assertNear(Golden.doubles(golden.get("z")), found.get(0).values(), TOLERANCE, "z");
    assertNear(
        Golden.doubles(golden.get("log_density")), found.get(1).values(), TOLERANCE, "log q");
    assertNear(
        Golden.doubles(golden.get("log_variance")), found.get(2).values(), TOLERANCE, "log σ²");
    double[] kl = Golden.doubles(golden.get("kl"));
    for (int row = 0; row < kl.length; row++) {
      double sum = 0;
      for (int i = 0; i < latent; i++) {
        sum += found.get(3).values()[row * latent + i];
        assertNear(
            parameters.values()[(int) (row * parameters.shape()[1]) + i],
            found.get(4).values()[row * latent + i],
            1e-6,
            "mean");
      }
      assertNear(kl[row], sum, TOLERANCE, "KL of row " + row);
    }
  }

  @Test
  void hasAsManyParametersAsItSays() {
    for (int latent : new int[] {1, 2, 5}) {
      RandomWeights weights = new RandomWeights(1, 1);
      Array parameters =
          Evaluate.one(
              tf ->
                  new FullGaussian()
                      .parameters(
                          weights.scope(tf),
                          Evaluate.constant(tf, RandomWeights.random(1, 1, 3, 4)),
                          latent));
      assertArrayEquals(new long[] {3, latent * (latent + 3L) / 2}, parameters.shape());
    }
  }

  /** No closed form against another prior: the divergence must be estimated. */
  @Test
  void hasNoClosedFormBesideAnotherPrior() {
    Evaluate.one(
        tf -> {
          LayerScope scope = new RandomWeights(1, 1).scope(tf);
          Posterior.Conditional posterior =
              new FullGaussian()
                  .given(
                      scope,
                      Evaluate.constant(tf, RandomWeights.random(1, 1, 3, 5)),
                      2,
                      new NormalMixturePrior(2).given(scope, 2, Optional.empty()));
          assertTrue(posterior.divergence().isEmpty());
          return posterior.mean();
        });
  }
}
