package org.vaetf.flow;

import static org.vaetf.testing.Near.assertNear;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.vaetf.nn.LayerScope;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Near;
import org.vaetf.tf.Array;

/** There and back again. */
class InvertibleFlowTest {
  private static final double TOLERANCE = 2e-5;

  static Stream<FlowCase> flows() {
    return FlowCase.invertible().filter(one -> one.flow().steps() == 1);
  }

  static Stream<FlowCase> chains() {
    return FlowCase.withoutContext();
  }

  @ParameterizedTest
  @MethodSource("flows")
  void aMapIsUndone(FlowCase one) {
    InvertibleFlow flow = (InvertibleFlow) one.flow();
    assertUndone(
        one,
        (scope, u, parameters) -> flow.forward(scope, u, parameters),
        (scope, z, parameters) -> flow.inverse(scope, z, parameters));
    assertUndone(
        one,
        (scope, z, parameters) -> flow.inverse(scope, z, parameters),
        (scope, u, parameters) -> flow.forward(scope, u, parameters));
  }

  @ParameterizedTest
  @MethodSource("chains")
  void aChainIsUndone(FlowCase one) {
    InvertibleFlow flow = (InvertibleFlow) one.flow();
    assertUndone(one, flow::chain, flow::inverseChain);
    assertUndone(one, flow::inverseChain, flow::chain);
  }

  private interface Way {
    Flow.Image go(LayerScope scope, Operand<TFloat32> from, Operand<TFloat32> parameters);
  }

  private static void assertUndone(FlowCase one, Way there, Way back) {
    List<Array> found =
        Evaluate.all(
            tf -> {
              LayerScope scope = one.scope(tf);
              Operand<TFloat32> parameters = one.parameters(tf);
              Flow.Image image = there.go(scope, Evaluate.constant(tf, one.points()), parameters);
              Flow.Image again = back.go(scope, image.z(), parameters);
              return List.of(again.z(), image.logDeterminant(), again.logDeterminant());
            });
    assertNear(
        Near.doubles(one.points().values()), found.get(0).values(), TOLERANCE, "there and back");
    double[] opposite = Near.doubles(found.get(1).values());
    for (int i = 0; i < opposite.length; i++) {
      opposite[i] = -opposite[i];
    }
    assertNear(opposite, found.get(2).values(), TOLERANCE, "log |det| of the way back");
  }
}
