package org.vaetf.density;

import static org.vaetf.testing.Near.assertNear;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Jacobian;
import org.vaetf.testing.Near;
import org.vaetf.testing.PlainActivation;
import org.vaetf.tf.Array;

/** Soft bounds and their slopes, near the bound and far from it. */
class SoftBoundTest {
  private static final float[] X = {-1e4f, -30, -4, -2.5f, -2, 0, 3, 5, 30, 1e4f};
  private static final float BOUND = -2.5f;

  @Test
  void below() {
    assertBound(
        (tf, x) -> SoftBound.below(tf, x, BOUND),
        x -> BOUND + PlainActivation.softplus(x - BOUND),
        x -> 1 / (1 + Math.exp(BOUND - x)));
  }

  @Test
  void above() {
    assertBound(
        (tf, x) -> SoftBound.above(tf, x, BOUND),
        x -> BOUND - PlainActivation.softplus(BOUND - x),
        x -> 1 / (1 + Math.exp(x - BOUND)));
  }

  private interface Bound {
    Operand<TFloat32> of(Ops tf, Operand<TFloat32> x);
  }

  private static void assertBound(
      Bound bound, DoubleUnaryOperator value, DoubleUnaryOperator slope) {
    List<Array> found =
        Evaluate.all(
            tf -> {
              Operand<TFloat32> x = tf.constant(X);
              Operand<TFloat32> bounded = bound.of(tf, x);
              return List.of(bounded, Jacobian.gradient(tf, bounded, x));
            });
    double[] x = Near.doubles(X);
    assertNear(map(x, value), found.get(0).values(), 1e-6, "bounded");
    assertNear(map(x, slope), found.get(1).values(), 1e-6, "slope");
  }

  private static double[] map(double[] x, DoubleUnaryOperator function) {
    return Arrays.stream(x).map(function).toArray();
  }
}
