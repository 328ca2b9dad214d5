package org.vaetf.nn;

import static org.vaetf.testing.Near.assertNear;

import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Near;
import org.vaetf.tf.Array;

/** The kernels of layers before training, against the limits of the papers. */
class FirstKernelsTest {
  private static final Convolution.Geometry GEOMETRY = new Convolution.Geometry(24, 4, 2);

  /** A layer with the inputs that an output of it sees, and the outputs that an input reaches. */
  private record Layer(
      String name, long in, long out, Shape x, BiConsumer<LayerScope, Operand<TFloat32>> layer) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Layer> layers() {
    return Stream.of(
        new Layer("dense", 100, 250, Shape.of(-1, 100), (scope, x) -> Dense.linear(scope, x, 250)),
        new Layer(
            "convolution, 4 × 4 of 16, every second position",
            16 * 16,
            4 * 24,
            Shape.of(-1, 8, 8, 16),
            (scope, x) -> Convolution.apply(scope, x, GEOMETRY, Activation.RELU)),
        new Layer(
            "transposed convolution",
            4 * 16,
            16 * 24,
            Shape.of(-1, 8, 8, 16),
            (scope, x) -> Convolution.transposed(scope, x, GEOMETRY, 16, 16)));
  }

  private static Stream<Arguments> cases() {
    return layers()
        .flatMap(
            layer ->
                Stream.of(
                    Arguments.of(FirstKernels.FAN_IN, layer, 1 / Math.sqrt((double) layer.in)),
                    Arguments.of(
                        FirstKernels.GLOROT,
                        layer,
                        Math.sqrt(6.0 / (double) (layer.in + layer.out))),
                    Arguments.of(FirstKernels.HE, layer, Math.sqrt(6.0 / (double) layer.in))));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("cases")
  void kernelsAreUniformWithinThePapersLimit(FirstKernels kind, Layer layer, double limit) {
    Array kernel =
        Evaluate.one(
            tf -> {
              Weights weights =
                  Weights.from(
                      (ops, name, shape, first) ->
                          first.value(ops, shape, ops.constant(new long[] {3, 0})));
              Operand<TFloat32> x = tf.placeholder(TFloat32.class, Placeholder.shape(layer.x));
              layer.layer.accept(new LayerScope(tf, weights, "", Precision.FLOAT32, kind), x);
              return weights.all().get("kernel");
            });
    double[] values = Near.doubles(kernel.values());
    assertNear(limit, Arrays.stream(values).max().orElseThrow(), limit / 500, "greatest");
    assertNear(-limit, Arrays.stream(values).min().orElseThrow(), limit / 500, "least");
    double variance = Arrays.stream(values).map(value -> value * value).average().orElseThrow();
    assertNear(1, variance / (limit * limit / 3), 0.04, "variance, in its expected value");
  }
}
