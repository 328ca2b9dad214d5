package org.vaetf.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vaetf.testing.Golden;

/** Intervals and counts, as TensorBoard's own histograms have them. */
class HistogramTest {
  private static final JsonNode GOLDEN = Golden.read("events").get("histograms");

  @Test
  void rowsAreThoseOfTensorBoard() {
    assertTrue(GOLDEN.size() >= 4);
    for (Iterator<String> names = GOLDEN.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      JsonNode one = GOLDEN.get(name);
      double[] rows = Histogram.of(Golden.floats(one.get("values"))).rows();
      assertNear(Golden.doubles(one.get("rows")), rows, 1e-8, name);
    }
  }

  @Test
  void everyFiniteValueCountsOnce() {
    float[] values = new float[1000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i);
    }
    assertEquals(1000, count(values));
    values[3] = Float.NaN;
    values[5] = Float.NEGATIVE_INFINITY;
    assertEquals(998, count(values));
    assertEquals(0, count(new float[0]));
    assertEquals(0, count(new float[] {Float.NaN}));
    // The widest range that single precision has, and a range of one step of it.
    assertEquals(2, count(new float[] {-Float.MAX_VALUE, Float.MAX_VALUE}));
    assertEquals(2, count(new float[] {1, Math.nextUp(1f)}));
  }

  private static double count(float[] values) {
    double[] rows = Histogram.of(values).rows();
    return IntStream.range(0, Histogram.BUCKETS).mapToDouble(i -> rows[3 * i + 2]).sum();
  }
}
