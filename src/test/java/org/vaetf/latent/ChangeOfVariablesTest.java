package org.vaetf.latent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.vaetf.testing.Near.assertNear;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.vaetf.flow.InverseAutoregressiveFlow;
import org.vaetf.flow.MaskedAutoregressiveFlow;
import org.vaetf.flow.PlanarFlow;
import org.vaetf.flow.RadialFlow;
import org.vaetf.flow.RealNvp;
import org.vaetf.nn.LayerScope;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Jacobian;
import org.vaetf.testing.RandomWeights;
import org.vaetf.tf.Array;

/**
 * A point z made of standard normal ε has the density {@code log N(ε; 0, I) − log |det ∂z/∂ε|},
 * whatever the distribution says of itself.
 */
class ChangeOfVariablesTest {
  private static final int ROWS = 6;
  private static final int LATENT = 4;
  private static final Array NOISE = RandomWeights.random(3, 2, ROWS, LATENT);

  static Stream<Posterior> posteriors() {
    return Stream.of(
        new DiagonalGaussian(),
        new FullGaussian(),
        new FlowPosterior(new PlanarFlow(2)),
        new FlowPosterior(new RadialFlow(1)),
        new FlowPosterior(new InverseAutoregressiveFlow(2, List.of(6), 3)),
        new FlowPosterior(new MaskedAutoregressiveFlow(2, List.of(6), 0)),
        new FlowPosterior(new RealNvp(2, List.of(6))),
        new LadderPosterior(2, 5),
        new LadderPosterior(3, 5));
  }

  static Stream<Prior> priors() {
    return Stream.of(
        new StandardNormal(),
        new FlowPrior(new RealNvp(3, List.of(6))),
        new FlowPrior(new MaskedAutoregressiveFlow(2, List.of(6), 0)),
        new FlowPrior(new InverseAutoregressiveFlow(2, List.of(6), 0)),
        new LadderPrior(2, 5),
        new LadderPrior(3, 5));
  }

  @ParameterizedTest
  @MethodSource("posteriors")
  void ofAPosterior(Posterior posterior) {
    List<Array> found =
        Evaluate.all(
            tf -> {
              LayerScope scope = new RandomWeights(5, 0.8).scope(tf);
              Operand<TFloat32> noise = Evaluate.constant(tf, NOISE);
              Operand<TFloat32> features =
                  Evaluate.constant(tf, RandomWeights.random(6, 1, ROWS, 3));
              Prior prior =
                  posterior instanceof LadderPosterior ladder
                      ? new LadderPrior(ladder.layers(), 5)
                      : new StandardNormal();
              Posterior.Draw draw =
                  posterior
                      .given(
                          scope.child("posterior"),
                          posterior.parameters(scope.child("encoder"), features, LATENT),
                          LATENT,
                          prior.given(scope.child("prior"), LATENT, Optional.empty()))
                      .draw(noise);
              return List.of(draw.logDensity(), Jacobian.of(tf, draw.z(), noise));
            });
    assertDensity(found);
  }

  @ParameterizedTest
  @MethodSource("priors")
  void ofAPrior(Prior prior) {
    List<Array> found =
        Evaluate.all(
            tf -> {
              Prior.Distribution distribution =
                  prior.given(new RandomWeights(5, 0.8).scope(tf), LATENT, Optional.empty());
              Operand<TFloat32> noise = Evaluate.constant(tf, NOISE);
              Operand<TFloat32> z = distribution.draw(noise);
              return List.of(distribution.logDensity(z), Jacobian.of(tf, z, noise));
            });
    assertDensity(found);
  }

  private static void assertDensity(List<Array> found) {
    assertArrayEquals(new long[] {ROWS}, found.get(0).shape());
    double[] expected = Jacobian.logDeterminants(found.get(1));
    for (int row = 0; row < ROWS; row++) {
      expected[row] = -expected[row] - LATENT * Math.log(2 * Math.PI) / 2;
      for (int i = 0; i < LATENT; i++) {
        expected[row] -= Math.pow(NOISE.values()[row * LATENT + i], 2) / 2;
      }
    }
    assertNear(expected, found.get(0).values(), 5e-5, "log density");
  }
}
