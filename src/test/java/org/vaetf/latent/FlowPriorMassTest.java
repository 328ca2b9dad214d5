package org.vaetf.latent;

import static org.vaetf.testing.Near.assertNear;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaetf.flow.MaskedAutoregressiveFlow;
import org.vaetf.flow.RealNvp;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.RandomWeights;
import org.vaetf.tf.Array;

/** The density of a prior over the plane integrates to 1. */
class FlowPriorMassTest {
  private static final int SIDE = 401;
  private static final double FARTHEST = 20;

  static Stream<Prior> priors() {
    return Stream.of(
        new FlowPrior(new RealNvp(2, List.of(5))),
        new FlowPrior(new MaskedAutoregressiveFlow(2, List.of(5), 0)),
        new NormalMixturePrior(3),
        new LadderPrior(2, 4));
  }

  @ParameterizedTest
  @MethodSource("priors")
  void isOne(Prior prior) {
    double step = 2 * FARTHEST / (SIDE - 1);
    float[] z = new float[2 * SIDE * SIDE];
    for (int row = 0, at = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        z[at++] = (float) (row * step - FARTHEST);
        z[at++] = (float) (column * step - FARTHEST);
      }
    }
    float[] logDensities =
        Evaluate.one(
                tf ->
                    prior
                        .given(new RandomWeights(9, 0.7).scope(tf), 2, Optional.empty())
                        .logDensity(
                            Evaluate.constant(
                                tf, new Array(new long[] {(long) SIDE * SIDE, 2}, z))))
            .values();
    double mass = 0;
    for (float logDensity : logDensities) {
      mass += Math.exp(logDensity) * step * step;
    }
    assertNear(1, mass, 1e-3, "mass of " + prior);
  }
}
