package org.vaetf.likelihood;

import org.vaetf.base.ConfigException;

/** Refuses scaled values outside a likelihood's support, saying what to do about them. */
final class Support {
  /** What single precision leaves of a level after its division, several times over. */
  private static final double ROUNDING = 1e-3;

  private Support() {}

  /**
   * The interval from 0 to 1.
   *
   * @param values scaled
   * @param likelihood as in the message
   * @throws ConfigException if a value lies outside
   */
  static void requireUnitInterval(float[] values, String likelihood) {
    float least = Float.POSITIVE_INFINITY;
    float greatest = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    if (values.length > 0 && !(least >= 0 && greatest <= 1)) {
      throw new ConfigException(
          "range of the scaled data",
          "[" + least + ", " + greatest + "]",
          "inside [0, 1] for the "
              + likelihood
              + " likelihood; use --scaling unit for bytes, or --likelihood gaussian");
    }
  }

  /**
   * Levels {@code 0, 1/(n−1), …, 1}.
   *
   * @param values scaled
   * @param levels n
   * @param likelihood as in the message
   * @throws ConfigException if a value is not one of them
   */
  static void requireLevels(float[] values, int levels, String likelihood) {
    for (float value : values) {
      double level = (double) value * (levels - 1);
      if (!(value >= 0 && value <= 1 && Math.abs(level - Math.rint(level)) < ROUNDING)) {
        throw new ConfigException(
            "scaled value",
            value,
            "one of "
                + levels
                + " levels, a multiple of 1/"
                + (levels - 1)
                + " from 0 to 1, for the "
                + likelihood
                + " likelihood; use --scaling unit for bytes, or --likelihood gaussian");
      }
    }
  }

  /**
   * Whole numbers from 0 on.
   *
   * @param values scaled
   * @param likelihood as in the message
   * @throws ConfigException if a value is not one of them
   */
  static void requireCounts(float[] values, String likelihood) {
    for (float value : values) {
      if (!(value >= 0 && value == Math.rint(value) && value <= Float.MAX_VALUE)) {
        throw new ConfigException(
            "scaled value",
            value,
            "a whole number, 0 or more, for the "
                + likelihood
                + " likelihood; use --scaling none for counts, or --likelihood gaussian");
      }
    }
  }
}
