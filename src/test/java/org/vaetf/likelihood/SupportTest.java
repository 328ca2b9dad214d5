package org.vaetf.likelihood;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaetf.base.ConfigException;

/** Data outside a support is refused in one line that says what to do. */
class SupportTest {

  static Stream<LikelihoodCase> cases() {
    return LikelihoodCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatIsInsideIsTaken(LikelihoodCase one) {
    float[] x = one.data(100, new SplittableRandom(1));
    assertDoesNotThrow(() -> one.likelihood().requireSupport(x));
    assertDoesNotThrow(() -> one.likelihood().requireSupport(new float[0]));
  }

  /** Every byte over 255, as single precision has it, and every level of a few. */
  @Test
  void everyLevelIsOne() {
    float[] bytes = new float[256];
    for (int level = 0; level < bytes.length; level++) {
      bytes[level] = level / 255f;
    }
    for (Likelihood likelihood :
        List.of(
            DiscretizedLogistic.defaults(),
            DiscretizedLogisticMixture.defaults(),
            Categorical.defaults())) {
      likelihood.requireSupport(bytes);
    }
    new Categorical(4).requireSupport(new float[] {0, 1 / 3f, 2 / 3f, 1});
  }

  @Test
  void outsideTheUnitInterval() {
    for (Likelihood likelihood : List.of(new Bernoulli(), new ContinuousBernoulli())) {
      for (float bad : new float[] {-0.01f, 1.01f, 255, Float.NaN}) {
        assertRefused(likelihood, bad, "inside [0, 1]", "--scaling unit");
      }
    }
  }

  @Test
  void betweenLevels() {
    for (Likelihood likelihood :
        List.of(
            DiscretizedLogistic.defaults(),
            DiscretizedLogisticMixture.defaults(),
            Categorical.defaults())) {
      for (float bad : new float[] {0.5f, -1 / 255f, 256 / 255f, 17, Float.NaN}) {
        assertRefused(likelihood, bad, "a multiple of 1/255 from 0 to 1", "--scaling unit");
      }
    }
    assertRefused(new Categorical(4), 0.5f, "one of 4 levels", "a multiple of 1/3");
  }

  @Test
  void noCounts() {
    for (Likelihood likelihood : List.of(new Poisson(), NegativeBinomial.defaults())) {
      for (float bad : new float[] {-1, 0.5f, 1 / 255f, Float.NaN, Float.POSITIVE_INFINITY}) {
        assertRefused(likelihood, bad, "a whole number, 0 or more", "--scaling none");
      }
    }
  }

  private static void assertRefused(Likelihood likelihood, float bad, String... parts) {
    ConfigException refused =
        assertThrows(
            ConfigException.class, () -> likelihood.requireSupport(new float[] {0, bad, 1}));
    for (String part : parts) {
      assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }
    assertTrue(refused.got().contains(String.valueOf(bad)), refused.getMessage());
    assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
  }
}
