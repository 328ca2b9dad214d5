package org.vaetf.data;

/** Numbers as tables write them: {@code -1.5e-3}, with a point, in every locale. */
final class DecimalNumber {
  private DecimalNumber() {}

  /**
   * The number in single precision; NaN if the text is no decimal number (Java's own parser also
   * takes {@code NaN}, {@code 1f} and hexadecimals), infinite if it is too large.
   */
  static float parse(String text) {
    if (text.isEmpty()) {
      return Float.NaN;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ("0123456789.-+eE".indexOf(c) < 0) {
        return Float.NaN;
      }
    }
    try {
      return Float.parseFloat(text);
    } catch (NumberFormatException e) {
      return Float.NaN;
    }
  }

  /** The shortest text that reads back as the same number; whole numbers without a point. */
  static String format(float value) {
    return value == (int) value && Math.abs(value) < 1e7f
        ? Integer.toString((int) value)
        : Float.toString(value);
  }
}
