package org.vaetf.flow;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Jacobian;
import org.vaetf.testing.RandomWeights;
import org.vaetf.tf.Array;

/**
 * Numbers that a network may give when it runs away: images, determinants and slopes stay finite.
 */
class FlowExtremesTest {
  private static final int ROWS = 400;
  private static final int LATENT = 3;
  private static final float[] NUMBERS = {0, 1e-7f, 0.5f, 30, -30, 1e4f, -1e4f};

  static Stream<Arguments> flows() {
    return Stream.of(
        Arguments.of(new PlanarFlow(1), 1),
        Arguments.of(new PlanarFlow(3), 1),
        Arguments.of(new RadialFlow(1), 1),
        Arguments.of(new RadialFlow(3), 1),
        Arguments.of(new InverseAutoregressiveFlow(2, List.of(5), 1), 1e4),
        Arguments.of(new MaskedAutoregressiveFlow(2, List.of(5), 0), 1e4),
        Arguments.of(new RealNvp(2, List.of(5)), 1e4));
  }

  @ParameterizedTest
  @MethodSource("flows")
  void nothingOverflowsOrVanishes(Flow flow, double weights) {
    Array parameters = extremes(8, flow.steps() * flow.parameters(LATENT));
    Array points = extremes(9, LATENT);
    List<Array> found =
        Evaluate.all(
            tf -> {
              Operand<TFloat32> u = Evaluate.constant(tf, points);
              Operand<TFloat32> own = Evaluate.constant(tf, parameters);
              Flow.Image image = flow.chain(new RandomWeights(2, weights).scope(tf), u, own);
              Operand<TFloat32> sum = sum(tf, image);
              return List.of(
                  image.z(),
                  image.logDeterminant(),
                  Jacobian.gradient(tf, sum, u),
                  parameters.values().length == 0 ? sum : Jacobian.gradient(tf, sum, own));
            });
    for (int i = 0; i < found.size(); i++) {
      float[] values = found.get(i).values();
      int columns = values.length / (i == 1 ? 1 : ROWS);
      for (int at = 0; at < values.length; at++) {
        String what = List.of("z", "log |det|", "slope by u", "slope by parameters").get(i);
        int row = at / Math.max(1, columns);
        assertTrue(Float.isFinite(values[at]), what + " of row " + row + " is " + values[at]);
      }
    }
  }

  private static Operand<TFloat32> sum(Ops tf, Flow.Image image) {
    return tf.math.add(
        tf.reduceSum(image.z(), tf.constant(new int[] {0, 1})),
        tf.reduceSum(image.logDeterminant(), tf.constant(0)));
  }

  /**
   * Every fourth row begins with zeros: a point at a radial flow's centre, a plane of no direction.
   */
  private static Array extremes(long seed, int columns) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[ROWS * columns];
    for (int i = 0; i < values.length; i++) {
      boolean zero = i / columns % 4 == 0 && i % columns < LATENT;
      values[i] = zero ? 0 : NUMBERS[random.nextInt(NUMBERS.length)];
    }
    return new Array(new long[] {ROWS, columns}, values);
  }
}
