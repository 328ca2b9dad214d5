package org.vaetf.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.base.ConfigException;

class NormalQuantileTest {

  /** Tabled quantiles, to more digits than the tables of textbooks have (SciPy's norm.ppf). */
  @ParameterizedTest
  @CsvSource({
    "0.5, 0",
    "0.975, 1.959963984540054",
    "0.95, 1.6448536269514722",
    "0.9, 1.2815515655446004",
    "0.75, 0.6744897501960817",
    "0.6, 0.2533471031357997",
    "0.025, -1.9599639845400545",
    "0.001, -3.090232306167813",
    "1e-6, -4.753424308822899",
    "1e-12, -7.034483825301131",
    "1e-20, -9.262340089798409",
    "1e-100, -21.273453560965322",
    "0.999999, 4.753424308817087"
  })
  void knownQuantiles(double probability, double quantile) {
    assertEquals(quantile, NormalQuantile.of(probability), 1e-9 * Math.max(1, Math.abs(quantile)));
  }

  @Test
  void halvesMirrorEachOther() {
    for (double p = 0.01; p < 0.5; p += 0.01) {
      assertEquals(-NormalQuantile.of(1 - p), NormalQuantile.of(p), 1e-12);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, 1.1, Double.NaN})
  void onlyProbabilitiesHaveAQuantile(double probability) {
    assertThrows(ConfigException.class, () -> NormalQuantile.of(probability));
  }
}
