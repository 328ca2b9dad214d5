package org.vaetf.latent;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Jacobian;
import org.vaetf.tf.Array;

/** Bounds of a log-variance: what a network says within them, finite beyond. */
class LatentVarianceTest {
  private static final float[] X = {-1e4f, -40, -15, -8, -4, 0, 4, 8, 15, 40, 1e4f};

  @Test
  void isItselfInTheMiddleAndBoundedFarAway() {
    List<Array> found =
        Evaluate.all(
            tf -> {
              Operand<TFloat32> x = tf.constant(X);
              Operand<TFloat32> bounded = LatentVariance.bounded(tf, x);
              return List.of(bounded, Jacobian.gradient(tf, bounded, x));
            });
    float[] bounded = found.get(0).values();
    float[] slope = found.get(1).values();
    for (int i = 0; i < X.length; i++) {
      assertTrue(bounded[i] >= -15 && bounded[i] <= 15, X[i] + " becomes " + bounded[i]);
      assertTrue(slope[i] >= 0 && slope[i] <= 1, "slope at " + X[i] + " is " + slope[i]);
      if (Math.abs(X[i]) <= 8) {
        assertNear(X[i], bounded[i], 1e-3 / Math.max(1, Math.abs(X[i])), "bounded");
        assertNear(1, slope[i], 1e-3, "slope");
      }
    }
    assertNear(-15 + Math.log(2), bounded[2], 1e-6, "at the lower bound");
    assertNear(15 - Math.log(2), bounded[8], 1e-6, "at the upper bound");
    assertNear(0.5, slope[2], 1e-6, "slope at the lower bound");
    assertNear(0.5, slope[8], 1e-6, "slope at the upper bound");
  }
}
