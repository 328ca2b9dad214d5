package org.vaetf.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Jacobian;
import org.vaetf.tf.Array;

/** The determinant that a flow says it has, and that of its derivatives. */
class FlowDeterminantTest {

  static Stream<FlowCase> flows() {
    return FlowCase.all();
  }

  @ParameterizedTest
  @MethodSource("flows")
  void isThatOfTheJacobian(FlowCase one) {
    List<Array> found =
        Evaluate.all(
            tf -> {
              Operand<TFloat32> u = Evaluate.constant(tf, one.points());
              Flow.Image image = one.flow().chain(one.scope(tf), u, one.parameters(tf));
              return List.of(image.z(), image.logDeterminant(), Jacobian.of(tf, image.z(), u));
            });
    assertArrayEquals(new long[] {FlowCase.ROWS, one.latent()}, found.get(0).shape());
    assertArrayEquals(new long[] {FlowCase.ROWS}, found.get(1).shape());
    double[] expected = Jacobian.logDeterminants(found.get(2));
    assertTrue(Arrays.stream(expected).anyMatch(log -> Math.abs(log) > 0.1), "not the identity");
    assertNear(expected, found.get(1).values(), 2e-5, "log |det|");
  }
}
