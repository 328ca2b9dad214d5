package org.vaetf.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;
import org.vaetf.base.ConfigException;
import org.vaetf.base.DataException;
import org.vaetf.base.VaeException;

/** Checks of the one clear line that a fault gives. */
public final class OneLine {
  private OneLine() {}

  /** A fault of data: its message is one line with these parts. */
  public static void ofData(Executable work, Object... parts) {
    check(assertThrows(DataException.class, work), parts);
  }

  /** A refused setting: its message is one line with these parts. */
  public static void ofConfig(Executable work, Object... parts) {
    check(assertThrows(ConfigException.class, work), parts);
  }

  /** A fault that one can act on: its message is one line with these parts. */
  public static void of(Executable work, Object... parts) {
    check(assertThrows(VaeException.class, work), parts);
  }

  /**
   * A line that is as expected: the same, or, where that ends in …, one that begins so: lists of
   * kinds and keys grow.
   */
  public static void assertBegins(String expected, String line) {
    if (!expected.endsWith("…")) {
      assertEquals(expected, line);
      return;
    }
    String beginning = expected.substring(0, expected.length() - 1);
    assertTrue(line.startsWith(beginning), line + "\nbegins otherwise than: " + beginning);
    assertEquals(1, line.lines().count(), line);
  }

  private static void check(VaeException e, Object... parts) {
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    for (Object part : parts) {
      assertTrue(e.getMessage().contains(part.toString()), e.getMessage() + "\nlacks: " + part);
    }
  }
}
