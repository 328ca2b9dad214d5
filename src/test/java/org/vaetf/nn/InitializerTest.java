package org.vaetf.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Near;
import org.vaetf.tf.Array;

/** First values of weights. */
class InitializerTest {
  private static final long FAN_IN = 100;

  @Test
  void uniformWithinOneOverTheRootOfInputs() {
    Array found = uniform(1);
    assertArrayEquals(new long[] {FAN_IN, 200}, found.shape());
    double[] values = Near.doubles(found.values());
    double limit = 1 / Math.sqrt(FAN_IN);
    assertTrue(Arrays.stream(values).allMatch(value -> Math.abs(value) <= limit));
    assertNear(limit, Arrays.stream(values).max().orElseThrow(), 1e-4, "greatest");
    assertNear(-limit, Arrays.stream(values).min().orElseThrow(), 1e-4, "least");
    assertNear(0, Arrays.stream(values).average().orElseThrow(), 2e-3, "mean");
    double variance = Arrays.stream(values).map(value -> value * value).average().orElseThrow();
    assertNear(1, variance / (limit * limit / 3), 0.03, "variance, in its expected value");
  }

  @Test
  void aSeedGivesTheSameValuesAndAnotherOthers() {
    assertArrayEquals(uniform(1).values(), uniform(1).values());
    assertFalse(Arrays.equals(uniform(1).values(), uniform(2).values()));
  }

  @Test
  void zerosAndConstants() {
    float[] zeros =
        Evaluate.one(
                tf -> Initializer.zeros().value(tf, Shape.of(3), tf.constant(new long[] {0, 0})))
            .values();
    assertArrayEquals(new float[3], zeros);
    Array constant =
        Evaluate.one(
            tf ->
                Initializer.constant(2.5f)
                    .value(tf, Shape.scalar(), tf.constant(new long[] {0, 0})));
    assertArrayEquals(new long[0], constant.shape());
    assertArrayEquals(new float[] {2.5f}, constant.values());
  }

  private static Array uniform(long seed) {
    return Evaluate.one(
        tf ->
            Initializer.uniform(FAN_IN)
                .value(tf, Shape.of(FAN_IN, 200), tf.constant(new long[] {seed, 0})));
  }
}
