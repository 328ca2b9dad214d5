package org.vaetf.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.vaetf.testing.Near.assertNear;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.vaetf.testing.Evaluate;
import org.vaetf.tf.Array;

/** Sizes of convolutions, and that one is the adjoint of the other. */
class ConvolutionTest {
  private static final long BATCH = 2;
  private static final long FILTERS = 3;
  private static final float BIAS = 64;

  @ParameterizedTest
  @CsvSource({
    "1,1,1,4,2",
    "5,7,3,4,2",
    "28,28,1,4,2",
    "33,17,3,4,2",
    "2,9,2,3,1",
    "6,6,1,5,3",
    "4,3,2,1,2"
  })
  void transposedGoesBackToTheSizeAndIsTheAdjoint(
      long height, long width, long channels, long kernel, long stride) {
    SplittableRandom random = new SplittableRandom(height * 1000 + width);
    long[] large = {BATCH, height, width, channels};
    long[] small = {BATCH, (height + stride - 1) / stride, (width + stride - 1) / stride, FILTERS};
    Array x = random(random, large);
    Array y = random(random, small);
    Array kernelOf = random(random, new long[] {kernel, kernel, channels, FILTERS});

    List<Array> found =
        Evaluate.all(
            tf -> {
              // The same kernel for both: [kernel, kernel, large channels, small channels]. There
              // is
              // no layer without an activation, so a bias lifts all values into relu's linear half.
              LayerScope lifted = new LayerScope(tf, kernelAndBias(kernelOf, BIAS), "");
              LayerScope plain = new LayerScope(tf, kernelAndBias(kernelOf, 0), "");
              Operand<TFloat32> down =
                  Convolution.apply(
                      lifted,
                      Evaluate.constant(tf, x),
                      new Convolution.Geometry(FILTERS, kernel, stride),
                      Activation.RELU);
              Operand<TFloat32> up =
                  Convolution.transposed(
                      plain,
                      Evaluate.constant(tf, y),
                      new Convolution.Geometry(channels, kernel, stride),
                      height,
                      width);
              return List.of(tf.math.sub(down, tf.constant(BIAS)), up);
            });

    assertArrayEquals(small, found.get(0).shape());
    assertArrayEquals(large, found.get(1).shape());
    assertNear(
        product(found.get(0), y), product(x, found.get(1)), 1e-4, "<conv(x), y> = <x, convT(y)>");
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "5,7,3", "28,28,1", "33,17,3"})
  void strideTwoHalvesRoundedUp(long height, long width, long channels) {
    Array x = random(new SplittableRandom(1), new long[] {BATCH, height, width, channels});
    Array found =
        Evaluate.one(
            tf ->
                Convolution.apply(
                    new LayerScope(
                        tf,
                        Weights.from(
                            (ops, name, shape, first) ->
                                first.value(ops, shape, ops.constant(new long[] {0, 0}))),
                        ""),
                    Evaluate.constant(tf, x),
                    new Convolution.Geometry(FILTERS, 4, 2),
                    Activation.RELU));
    assertArrayEquals(
        new long[] {BATCH, (height + 1) / 2, (width + 1) / 2, FILTERS}, found.shape());
  }

  private static Weights kernelAndBias(Array kernel, float bias) {
    return Weights.from(
        (tf, name, shape, first) ->
            name.equals("bias")
                ? tf.fill(tf.constant(shape.asArray()), tf.constant(bias))
                : Evaluate.constant(tf, kernel));
  }

  private static double product(Array one, Array other) {
    double sum = 0;
    for (int i = 0; i < one.values().length; i++) {
      sum += (double) one.values()[i] * other.values()[i];
    }
    return sum;
  }

  private static Array random(SplittableRandom random, long[] shape) {
    int size = Math.toIntExact(LongStream.of(shape).reduce(1, (a, b) -> a * b));
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (2 * random.nextDouble() - 1);
    }
    return new Array(shape, values);
  }
}
