package org.vaetf.density;

import static org.vaetf.testing.Near.assertNear;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.types.TFloat32;
import org.vaetf.testing.Evaluate;
import org.vaetf.tf.Array;

/** Counts so large that the textbook's formulas have no digit left in single precision. */
class CountDensityTest {

  /** At x = μ, log p is −½ log 2πx − 1/(12x) + …. */
  @ParameterizedTest
  @ValueSource(floats = {16, 1024, 65_536, 8_388_608})
  void poissonAtItsMean(float x) {
    double found =
        Evaluate.one(tf -> CountDensity.poisson(tf, tf.constant(x), tf.math.log(tf.constant(x))))
            .values()[0];
    double expected = -Math.log(2 * Math.PI * x) / 2 - 1 / (12.0 * x);
    assertNear(expected, found, 1e-6, "log p");
  }

  /** The variance μ + μ²/r is μ to a part in 10^9: so is the distribution. */
  @ParameterizedTest
  @CsvSource({"0, 3", "5, 3", "1000, 990", "70000, 69000"})
  void negativeBinomialBecomesPoisson(float x, float mean) {
    List<Array> found =
        Evaluate.all(
            tf -> {
              Operand<TFloat32> count = tf.constant(x);
              Operand<TFloat32> logMean = tf.math.log(tf.constant(mean));
              return List.of(
                  CountDensity.poisson(tf, count, logMean),
                  CountDensity.negativeBinomial(
                      tf, count, logMean, tf.constant((float) Math.log(1e9 * mean))));
            });
    double tolerance = 1e-6 + 1e-7 * Math.abs(x - mean);
    assertNear(found.get(0).values()[0], found.get(1).values()[0], tolerance, "log p");
  }

  /** As Poisson to the end of the domain: −84.79 nats, and not −∞. */
  @Test
  void theGreatestInverseDispersionDoesNotOverflow() {
    float x = 5;
    float logMean = -16;
    float found =
        Evaluate.one(
                tf ->
                    CountDensity.negativeBinomial(
                        tf, tf.constant(x), tf.constant(logMean), tf.constant(79.9f)))
            .values()[0];
    assertNear(x * logMean - Math.exp(logMean) - Math.log(120), found, 1e-4, "log p");
  }

  /**
   * The gradient by log r of {@code log p}, for r far above x and μ: {@code −((x − μ)² − x) / 2r},
   * a small number that must not drown in the rounding of log Γ(r).
   */
  @Test
  void theGradientByALargeInverseDispersionIsQuiet() {
    float x = 12;
    float mean = 5;
    double r = 1e6;
    Array gradient =
        Evaluate.one(
            tf -> {
              Operand<TFloat32> logR = tf.constant((float) Math.log(r));
              Operand<TFloat32> value =
                  CountDensity.negativeBinomial(
                      tf, tf.constant(x), tf.constant((float) Math.log(mean)), logR);
              return ((Graph) tf.scope().env())
                      .addGradients(
                          null,
                          new Output<?>[] {value.asOutput()},
                          new Output<?>[] {logR.asOutput()},
                          null)[0]
                      .expect(TFloat32.class);
            });
    double expected = -((x - mean) * (x - mean) - x) / (2 * r);
    assertNear(expected, gradient.values()[0], 5e-6, "gradient by log r");
  }
}
