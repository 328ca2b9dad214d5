package org.vaetf.flow;

import static org.vaetf.testing.Near.assertNear;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.RandomWeights;
import org.vaetf.tf.Array;

/** The density behind a flow of one dimension integrates to 1. */
class FlowMassTest {
  private static final int POINTS = 4001;
  private static final double FARTHEST = 7;

  static Stream<Flow> flows() {
    return Stream.of(
        new PlanarFlow(3),
        new RadialFlow(3),
        new InverseAutoregressiveFlow(2, List.of(4), 2),
        new MaskedAutoregressiveFlow(2, List.of(4), 0));
  }

  @ParameterizedTest
  @MethodSource("flows")
  void isOne(Flow flow) {
    float[] u = new float[POINTS];
    for (int i = 0; i < POINTS; i++) {
      u[i] = (float) (FARTHEST * (2.0 * i / (POINTS - 1) - 1));
    }
    float[] own = RandomWeights.random(6, 1, (long) flow.steps() * flow.parameters(1)).values();
    float[] parameters = new float[POINTS * own.length];
    for (int row = 0; row < POINTS; row++) {
      System.arraycopy(own, 0, parameters, row * own.length, own.length);
    }
    List<Array> found =
        Evaluate.all(
            tf -> {
              Operand<TFloat32> points =
                  Evaluate.constant(tf, new Array(new long[] {POINTS, 1}, u));
              Operand<TFloat32> rows =
                  Evaluate.constant(tf, new Array(new long[] {POINTS, own.length}, parameters));
              Flow.Image image = flow.chain(new RandomWeights(7, 0.8).scope(tf), points, rows);
              return List.of(image.z(), image.logDeterminant());
            });
    double mass = 0;
    for (int i = 1; i < POINTS; i++) {
      double step = found.get(0).values()[i] - found.get(0).values()[i - 1];
      mass += Math.abs(step) * (density(u, found, i) + density(u, found, i - 1)) / 2;
    }
    assertNear(1, mass, 1e-4, "mass behind " + flow);
  }

  private static double density(float[] u, List<Array> image, int i) {
    double log = -(Math.log(2 * Math.PI) + u[i] * u[i]) / 2 - image.get(1).values()[i];
    return Math.exp(log);
  }
}
