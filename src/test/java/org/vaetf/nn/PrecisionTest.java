package org.vaetf.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.vaetf.testing.Near.assertNear;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.types.TFloat32;
import org.vaetf.testing.Evaluate;
import org.vaetf.tf.Array;

/** What each layer and its gradients are in each precision. */
class PrecisionTest {
  /** Half of what the last of a bfloat16's 8 significant bits is worth. */
  private static final double ROUNDING = 1.0 / 256;

  /** A kind of layer, with the shape of an input that fits it. */
  private record Layer(
      String name,
      List<Long> input,
      BiFunction<LayerScope, Operand<TFloat32>, Operand<TFloat32>> layer) {

    @Override
    public String toString() {
      return name;
    }

    /** Output, and the gradients of its sum of squares with respect to input and kernel. */
    List<Array> all(Precision precision, boolean whole) {
      return Evaluate.all(
          tf -> {
            SplittableRandom random = new SplittableRandom(7);
            Weights weights =
                Weights.from(
                    (ops, name, shape, first) ->
                        Evaluate.constant(ops, numbers(random, shape.asArray(), whole)));
            LayerScope scope = new LayerScope(tf, weights, "", precision, FirstKernels.FAN_IN);
            Operand<TFloat32> x =
                Evaluate.constant(
                    tf,
                    numbers(
                        new SplittableRandom(8),
                        input.stream().mapToLong(i -> i).toArray(),
                        whole));
            Operand<TFloat32> y = layer.apply(scope, x);
            Output<?>[] gradients =
                ((Graph) tf.scope().env())
                    .addGradients(
                        tf.reduceSum(
                                tf.math.square(y),
                                tf.range(tf.constant(0), tf.rank(y), tf.constant(1)))
                            .asOutput(),
                        new Output<?>[] {x.asOutput(), weights.all().get("kernel").asOutput()});
            return List.of(
                y, gradients[0].expect(TFloat32.class), gradients[1].expect(TFloat32.class));
          });
    }

    private static Array numbers(SplittableRandom random, long[] shape, boolean whole) {
      float[] values = new float[(int) LongStream.of(shape).reduce(1, (a, b) -> a * b)];
      for (int i = 0; i < values.length; i++) {
        values[i] = whole ? random.nextInt(-1, 2) : (float) random.nextDouble(-1, 1);
      }
      return new Array(shape, values);
    }
  }

  private static final Layer DENSE =
      new Layer("dense", List.of(3L, 6L), (scope, x) -> Dense.linear(scope, x, 4));
  private static final Layer CONVOLUTION =
      new Layer(
          "convolution",
          List.of(2L, 5L, 4L, 3L),
          (scope, x) ->
              Convolution.apply(scope, x, new Convolution.Geometry(2, 3, 2), Activation.TANH));
  private static final Layer TRANSPOSED =
      new Layer(
          "transposed",
          List.of(2L, 3L, 2L, 3L),
          (scope, x) -> Convolution.transposed(scope, x, new Convolution.Geometry(2, 3, 2), 5, 4));

  static List<Layer> linear() {
    return List.of(DENSE, TRANSPOSED);
  }

  static List<Layer> all() {
    return List.of(DENSE, CONVOLUTION, TRANSPOSED);
  }

  /** Small whole numbers lose nothing: a dense layer's products and gradients are exact. */
  @ParameterizedTest
  @MethodSource("linear")
  void wholeNumbersAreExact(Layer layer) {
    List<Array> expected = layer.all(Precision.FLOAT32, true);
    List<Array> found = layer.all(Precision.BFLOAT16, true);
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i).values(), found.get(i).values());
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void othersAreRoundedAndShapesStay(Layer layer) {
    List<Array> expected = layer.all(Precision.FLOAT32, false);
    List<Array> found = layer.all(Precision.BFLOAT16, false);
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i).shape(), found.get(i).shape());
      // Two factors and their product are rounded, and in the gradient y is a third factor: its
      // sums here have at most 36 terms of about one.
      assertNear(expected.get(i).values(), found.get(i).values(), 12 * ROUNDING, layer + " " + i);
    }
  }

  /** 1 + 2⁻¹⁰ is no bfloat16; 1 is the nearest, and a half of the spacing goes up. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void aFactorIsRoundedToTheNearest(Precision precision) {
    float[] x = {1 + 0x1p-10f, 1 + 0x3p-9f, 3};
    Array found =
        Evaluate.one(
            tf -> {
              Weights one =
                  Weights.from(
                      (ops, name, shape, first) ->
                          ops.fill(
                              ops.constant(shape.asArray()),
                              ops.constant(name.endsWith("kernel") ? 1f : 0f)));
              return Dense.linear(
                  new LayerScope(tf, one, "", precision, FirstKernels.FAN_IN),
                  Evaluate.constant(tf, new Array(new long[] {3, 1}, x)),
                  1);
            });
    assertArrayEquals(
        precision == Precision.FLOAT32 ? x : new float[] {1, 1 + 0x1p-7f, 3}, found.values());
  }
}
