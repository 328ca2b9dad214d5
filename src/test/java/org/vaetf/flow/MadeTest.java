package org.vaetf.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.vaetf.testing.Near.assertNear;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.nn.LayerScope;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Jacobian;
import org.vaetf.testing.RandomWeights;
import org.vaetf.tf.Array;

/** What depends on what in a masked autoencoder, and what the flows make of it. */
class MadeTest {
  private static final int ROWS = 3;

  static Stream<Arguments> sizes() {
    return Stream.of(
        Arguments.of(4, 0, List.of(9)),
        Arguments.of(4, 2, List.of(9)),
        Arguments.of(3, 1, List.of(4, 5, 3)),
        Arguments.of(2, 0, List.of(1)),
        Arguments.of(1, 0, List.of(3)),
        Arguments.of(1, 2, List.of(3, 2)),
        Arguments.of(6, 0, List.of(3)),
        Arguments.of(6, 3, List.of(2)),
        Arguments.of(5, 0, List.of(7, 2)),
        Arguments.of(5, 1, List.of(1)));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void outputsSeeEarlierInputsAloneAndTheContext(int latent, int context, List<Integer> hidden) {
    List<Array> found =
        Evaluate.all(
            tf -> {
              Operand<TFloat32> x = constant(tf, 1, latent);
              Operand<TFloat32> seen = constant(tf, 2, context);
              List<Operand<TFloat32>> derivatives = new ArrayList<>();
              for (Operand<TFloat32> part : Made.of(scope(tf), latent, seen, hidden).apply(x)) {
                derivatives.add(Jacobian.of(tf, part, x));
                if (context > 0) {
                  derivatives.add(Jacobian.of(tf, part, seen));
                }
              }
              return derivatives;
            });
    for (int part = 0; part < 2; part++) {
      Array byInputs = found.get(context > 0 ? 2 * part : part);
      int used = 0;
      for (int row = 0; row < ROWS; row++) {
        for (int i = 0; i < latent; i++) {
          for (int j = 0; j < latent; j++) {
            float slope = byInputs.values()[(row * latent + i) * latent + j];
            if (j >= i) {
              assertEquals(0f, Math.abs(slope), "output " + i + " by input " + j);
            } else {
              used += slope != 0 ? 1 : 0;
            }
          }
        }
      }
      // A hidden layer as wide as there are degrees lets everything by that may pass.
      if (hidden.stream().allMatch(width -> width >= latent)) {
        assertEquals(ROWS * latent * (latent - 1) / 2, used, "pairs of output and earlier input");
      }
      for (float slope : context > 0 ? found.get(2 * part + 1).values() : new float[0]) {
        assertNotEquals(0f, slope, "an output by the context");
      }
    }
  }

  /**
   * A narrow layer has units of early and of late degrees: the last output sees beyond the first
   * inputs.
   */
  @ParameterizedTest
  @MethodSource("sizes")
  void theLastOutputSeesAsFarAsTheLayersAreWide(int latent, int context, List<Integer> hidden) {
    Array byInputs =
        Evaluate.one(
            tf -> {
              Operand<TFloat32> x = constant(tf, 1, latent);
              return Jacobian.of(
                  tf,
                  Made.of(scope(tf), (int) x.shape().get(1), constant(tf, 2, context), hidden)
                      .apply(x)
                      .get(0),
                  x);
            });
    int least = hidden.stream().mapToInt(Integer::intValue).min().orElseThrow();
    int degrees = latent - (context > 0 ? 0 : 1);
    int last = -1;
    for (int j = 0; j < latent; j++) {
      last = byInputs.values()[(latent - 1) * latent + j] != 0 ? j : last;
    }
    // The greatest degree among n units spread over d degrees, beyond the least: ⌊(n − 1) d / n⌋.
    int expected = Math.min(latent - 1, (least - 1) * degrees / least + (context > 0 ? 0 : 1));
    assertEquals(latent == 1 ? -1 : expected - 1, last, "the last input that is seen");
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void bothAutoregressiveFlowsAreTheirFormula(int latent, int context, List<Integer> hidden) {
    Array x = RandomWeights.random(1, 1, ROWS, latent);
    List<Array> found =
        Evaluate.all(
            tf -> {
              LayerScope scope = scope(tf);
              Operand<TFloat32> points = Evaluate.constant(tf, x);
              Operand<TFloat32> seen = constant(tf, 2, context);
              List<Operand<TFloat32>> all =
                  new ArrayList<>(
                      Made.of(scope, (int) points.shape().get(1), seen, hidden).apply(points));
              all.add(
                  new InverseAutoregressiveFlow(1, hidden, context)
                      .forward(scope, points, seen)
                      .z());
              all.add(
                  new MaskedAutoregressiveFlow(1, hidden, context)
                      .inverse(scope, points, seen)
                      .z());
              return all;
            });
    double[] expected = new double[x.values().length];
    for (int i = 0; i < expected.length; i++) {
      double scale = 3 * Math.tanh(found.get(1).values()[i] / 3);
      expected[i] = x.values()[i] * Math.exp(scale) + found.get(0).values()[i];
    }
    assertNear(expected, found.get(2).values(), 1e-5, "z of the noise");
    assertNear(expected, found.get(3).values(), 1e-5, "the noise of z");
  }

  private static Operand<TFloat32> constant(Ops tf, long seed, int columns) {
    return Evaluate.constant(tf, RandomWeights.random(seed, 1, ROWS, columns));
  }

  private static LayerScope scope(Ops tf) {
    return new RandomWeights(7, 1).scope(tf);
  }
}
