package org.vaetf.data;

import java.util.SplittableRandom;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Named;

/** How scaled values of 0…1 become zeros and ones before a model learns from them. */
public enum Binarization implements Named {
  /** They stay as they are. */
  NONE,
  /** One from 0.5 on. */
  THRESHOLD,
  /** One with the value as its probability, drawn anew each epoch. */
  STOCHASTIC;

  /**
   * Binarizes values in place.
   *
   * @param values scaled
   * @param from the first
   * @param to one past the last
   * @param random the draws; two values take one {@code nextLong}
   * @throws ConfigException if a value is outside {@code [0, 1]} and is to be binarized
   */
  void apply(float[] values, int from, int to, SplittableRandom random) {
    if (this == NONE) {
      return;
    }
    requireProbabilities(values, from, to);
    if (this == THRESHOLD) {
      for (int i = from; i < to; i++) {
        values[i] = values[i] >= 0.5f ? 1 : 0;
      }
      return;
    }
    int i = from;
    for (; i + 1 < to; i += 2) {
      long bits = random.nextLong();
      values[i] = draw((int) bits, values[i]);
      values[i + 1] = draw((int) (bits >>> 32), values[i + 1]);
    }
    if (i < to) {
      values[i] = draw((int) random.nextLong(), values[i]);
    }
  }

  /**
   * One with a probability of 24 bits, as many as a float holds: never for 0, always for 1. By the
   * sign of a difference, because a branch on a random number is what processors guess worst.
   */
  private static float draw(int bits, float probability) {
    return ((bits >>> 8) - (int) (probability * 0x1p24f)) >>> 31;
  }

  private static void requireProbabilities(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!(values[i] >= 0 && values[i] <= 1)) {
        throw new ConfigException(
            "value to binarize",
            values[i],
            "0 to 1; scale the data with unit, or choose the binarization none");
      }
    }
  }
}
