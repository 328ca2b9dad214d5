package org.vaetf.testing;

import java.util.Locale;

/** A number that a test has measured, on a line of its own that {@code tools/soak/run.sh} picks. */
public final class Figure {
  private Figure() {}

  /** Prints the line; the format is that of {@link String#format}. */
  public static void print(String format, Object... values) {
    System.out.println("figure: " + String.format(Locale.ROOT, format, values));
  }
}
