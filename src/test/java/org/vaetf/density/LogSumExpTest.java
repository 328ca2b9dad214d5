package org.vaetf.density;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.vaetf.testing.Near.assertNear;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Jacobian;
import org.vaetf.testing.RandomWeights;
import org.vaetf.tf.Array;

/** Along every axis, far from 0 and with numbers far apart, against plain Java. */
class LogSumExpTest {
  private static final int[] SHAPE = {2, 3, 4};

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void alongAnAxis(int axis) {
    for (double[] range : new double[][] {{0, 2}, {1e4, 3}, {-1e4, 3}, {0, 1e4}}) {
      Array x = RandomWeights.random(axis, range[1], 2, 3, 4);
      for (int i = 0; i < x.values().length; i++) {
        x.values()[i] += (float) range[0];
      }
      assertAlong(x, axis);
    }
  }

  private static void assertAlong(Array x, int axis) {
    int step = axis == 2 ? 1 : axis == 1 ? 4 : 12;
    int size = x.values().length;
    int terms = SHAPE[axis];
    double[] expected = new double[size / terms];
    double[] shares = new double[size];
    int next = 0;
    for (int first = 0; first < size; first++) {
      if (first / step % terms != 0) {
        continue;
      }
      double greatest = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < terms; i++) {
        greatest = Math.max(greatest, x.values()[first + i * step]);
      }
      double sum = 0;
      for (int i = 0; i < terms; i++) {
        sum += Math.exp(x.values()[first + i * step] - greatest);
      }
      for (int i = 0; i < terms; i++) {
        shares[first + i * step] = Math.exp(x.values()[first + i * step] - greatest) / sum;
      }
      expected[next++] = greatest + Math.log(sum);
    }
    List<Array> found =
        Evaluate.all(
            tf -> {
              Operand<TFloat32> values = Evaluate.constant(tf, x);
              Operand<TFloat32> result = LogSumExp.over(tf, values, axis);
              return List.of(result, Jacobian.gradient(tf, result, values));
            });
    long[] shape = axis == 0 ? new long[] {3, 4} : new long[] {2, axis == 1 ? 4 : 3};
    assertArrayEquals(shape, found.get(0).shape());
    assertNear(expected, found.get(0).values(), 1e-6, "log Σ exp");
    assertNear(shares, found.get(1).values(), 1e-6, "its gradient");
  }
}
