package org.vaetf.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.vaetf.testing.Near.assertNear;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.vaetf.base.RowShape;
import org.vaetf.data.Scaling;
import org.vaetf.testing.Golden;
import org.vaetf.testing.OneLine;

class BitsPerDimensionTest {

  @Test
  void densitiesAreThoseOfTheStoredValues() {
    for (JsonNode golden : Golden.read("reconstruction").get("bits")) {
      Scaling scaling =
          new Scaling(
              Scaling.Kind.STANDARDIZE,
              Golden.floats(golden.get("shift")),
              Golden.floats(golden.get("scale")));
      BitsPerDimension unit =
          BitsPerDimension.of(RowShape.of(golden.get("values").asInt()), scaling, false);
      double[] logLikelihood = Golden.doubles(golden.get("log_likelihood"));
      double[] bits = Golden.doubles(golden.get("bits"));
      for (int i = 0; i < bits.length; i++) {
        assertNear(bits[i], unit.bits(logLikelihood[i]), 1e-8, golden.get("case").asText());
      }
    }
  }

  /** 64 grey levels alike take 6 bits, as a probability and as a density on 0…63. */
  @Test
  void bitsOfUniformLevelsAreTheirLogarithm() {
    RowShape shape = RowShape.image(3, 2, 1);
    double probability = -6 * Math.log(64);
    assertNear(
        6, BitsPerDimension.of(shape, Scaling.unit(), true).bits(probability), 1e-12, "discrete");
    double scaledDensity = -6 * Math.log(64.0 / 255);
    assertNear(
        6, BitsPerDimension.of(shape, Scaling.unit(), false).bits(scaledDensity), 1e-12, "density");
    assertNear(
        6,
        BitsPerDimension.of(shape, Scaling.none(), false).bits(probability),
        1e-12,
        "not scaled");
  }

  /** Each channel has a scale of its own, twice over in a row of two pixels. */
  @Test
  void aScaleOfAChannelCountsForEachPixel() {
    Scaling scaling =
        new Scaling(Scaling.Kind.STANDARDIZE, new float[] {1, 2, 3}, new float[] {2, 4, 8});
    BitsPerDimension unit = BitsPerDimension.of(RowShape.image(1, 2, 3), scaling, false);
    assertNear(2 * Math.log(64), unit.logScaleNats(), 1e-12, "log scale");
    assertNear(2, unit.bits(0), 1e-12, "12 bits on 6 values");
    OneLine.ofConfig(() -> BitsPerDimension.of(RowShape.of(4), scaling, false), "4", "3");
  }

  /** Values that nothing does to must not count, whatever numbers stand beside NONE. */
  @Test
  void noScalingIsNoScale() {
    Scaling none = new Scaling(Scaling.Kind.NONE, new float[] {0}, new float[] {7});
    assertEquals(0, BitsPerDimension.of(RowShape.of(4), none, false).logScaleNats());
  }

  @Test
  void errorsScaleWithTheMean() {
    BitsPerDimension unit = BitsPerDimension.of(RowShape.of(5), Scaling.unit(), false);
    Estimate bits = unit.bits(new Estimate(-10, 2 * Math.log(2)));
    assertNear(unit.bits(-10), bits.mean(), 1e-15, "mean");
    assertNear(2.0 / 5, bits.standardError(), 1e-12, "standard error");
    OneLine.ofConfig(() -> new BitsPerDimension(0, 0), "values of a row is 0");
  }
}
