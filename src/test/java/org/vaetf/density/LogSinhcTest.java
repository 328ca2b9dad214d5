package org.vaetf.density;

import static org.vaetf.testing.Near.assertNear;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.types.TFloat32;
import org.vaetf.testing.Evaluate;
import org.vaetf.tf.Array;

/** log(sinh t / t) and its slope, on both sides of 0 and of where the series ends. */
class LogSinhcTest {
  private static final float[] POINTS = {
    -1e4f, -40, -3, -0.6f, -0.5f, -0.49999f, -0.1f, -1e-4f, -1e-20f, 0, 1e-20f, 1e-4f, 0.03f, 0.4f,
    0.49999f, 0.5f, 0.50001f, 1, 7, 60, 1e4f
  };

  @Test
  void valueSlopeAndGradient() {
    List<Array> found =
        Evaluate.all(
            tf -> {
              Operand<TFloat32> t =
                  Evaluate.constant(tf, new Array(new long[] {POINTS.length}, POINTS));
              Operand<TFloat32> value = LogSinhc.of(tf, t);
              Output<?>[] gradient =
                  ((Graph) tf.scope().env())
                      .addGradients(
                          null,
                          new Output<?>[] {tf.reduceSum(value, tf.constant(0)).asOutput()},
                          new Output<?>[] {t.asOutput()},
                          null);
              return List.of(value, LogSinhc.slope(tf, t), gradient[0].expect(TFloat32.class));
            });
    for (int i = 0; i < POINTS.length; i++) {
      double t = POINTS[i];
      assertNear(value(t), found.get(0).values()[i], 2e-7, "value at " + t);
      assertNear(slope(t), found.get(1).values()[i], 4e-7, "slope at " + t);
      assertNear(slope(t), found.get(2).values()[i], 4e-7, "gradient at " + t);
    }
    // Relative to the number itself, where the closed form would have no digit left.
    int small = 11;
    assertNear(1, found.get(0).values()[small] / (POINTS[small] * POINTS[small] / 6), 1e-6, "t²/6");
    assertNear(1, found.get(1).values()[small] / (POINTS[small] / 3), 1e-6, "t/3");
  }

  private static double value(double t) {
    double size = Math.abs(t);
    if (size < 1e-3) {
      return t * t / 6;
    }
    return size - Math.log(2 * size) + Math.log(-Math.expm1(-2 * size));
  }

  private static double slope(double t) {
    return Math.abs(t) < 1e-3 ? t / 3 : 1 / Math.tanh(t) - 1 / t;
  }
}
