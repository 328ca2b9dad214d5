package org.vaetf.density;

import static org.vaetf.testing.Near.assertNear;

import org.junit.jupiter.api.Test;
import org.tensorflow.types.TFloat32;
import org.vaetf.testing.Evaluate;
import org.vaetf.tf.Array;

/** Normal numbers to components. */
class ComponentsTest {

  /** Φ is 0.0228, 0.1587, 0.5, 0.8413, 0.9772 at −2, −1, 0, 1, 2. */
  @Test
  void aComponentIsChosenByTheCumulativeWeights() {
    Array noise = new Array(new long[] {7, 1}, new float[] {-9, -2, -1, 0, 1, 2, 9});
    float[] chosen =
        Evaluate.one(
                tf ->
                    tf.dtypes.cast(
                        Components.chosen(
                            tf,
                            Components.logWeights(
                                tf,
                                // Weights 0.1, 0.4, 0.4 and 0.1, up to a factor.
                                tf.math.log(tf.constant(new float[] {3, 12, 12, 3}))),
                            Evaluate.constant(tf, noise)),
                        TFloat32.class))
            .values();
    assertNear(new float[] {0, 0, 1, 2, 2, 3, 3}, chosen, 0, "components");
  }

  @Test
  void weightsSumToOne() {
    float[] weights =
        Evaluate.one(
                tf -> tf.math.exp(Components.logWeights(tf, tf.constant(new float[] {80, 80, 81}))))
            .values();
    double e = Math.E;
    assertNear(new double[] {1 / (2 + e), 1 / (2 + e), e / (2 + e)}, weights, 1e-6, "weights");
  }
}
