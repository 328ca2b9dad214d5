package org.vaetf.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;

/**
 * Assertions on numbers: |found − expected| ≤ tolerance · max(1, |expected|). NaN, infinity and a
 * wrong shape always fail.
 */
public final class Near {
  private Near() {}

  /** One number. */
  public static void assertNear(double expected, double found, double tolerance, String what) {
    assertTrue(Double.isFinite(expected), () -> what + ": expected is " + expected);
    double limit = tolerance * Math.max(1, Math.abs(expected));
    assertTrue(
        Double.isFinite(found) && Math.abs(found - expected) <= limit,
        () -> what + ": found " + found + ", expected " + expected + " within " + limit);
  }

  /** As many numbers, in the same order. */
  public static void assertNear(double[] expected, double[] found, double tolerance, String what) {
    assertEquals(expected.length, found.length, () -> what + ": how many numbers");
    for (int i = 0; i < expected.length; i++) {
      assertNear(expected[i], found[i], tolerance, what + "[" + i + "]");
    }
  }

  /** As many numbers, in the same order. */
  public static void assertNear(double[] expected, float[] found, double tolerance, String what) {
    assertNear(expected, doubles(found), tolerance, what);
  }

  /** As many numbers, in the same order. */
  public static void assertNear(float[] expected, float[] found, double tolerance, String what) {
    assertNear(doubles(expected), doubles(found), tolerance, what);
  }

  /** Rows of a shape. */
  public static void assertNear(
      RowShape shape, double[] expected, Samples found, double tolerance, String what) {
    assertEquals(shape, found.shape(), () -> what + ": shape of a row");
    assertNear(expected, found.values(), tolerance, what);
  }

  /** The same numbers in double precision. */
  public static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }
}
