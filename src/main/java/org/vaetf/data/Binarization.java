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
    switch (this) {
      case NONE -> {}
      case THRESHOLD -> {
        for (int i = from; i < to; i++) {
          values[i] = probability(values[i]) >= 0.5f ? 1 : 0;
        }
      }
      case STOCHASTIC -> {
        long bits = 0;
        for (int i = from; i < to; i++) {
          bits = ((i - from) & 1) == 0 ? random.nextLong() : bits >>> 32;
          // 24 bits, as many as a float holds: 0 is never drawn as one, 1 always.
          float uniform = (bits & 0xFFFFFF) * 0x1p-24f;
          values[i] = uniform < probability(values[i]) ? 1 : 0;
        }
      }
    }
  }

  private float probability(float value) {
    if (value >= 0 && value <= 1) {
      return value;
    }
    throw new ConfigException(
        "value to binarize",
        value,
        "0 to 1; scale the data with unit, or choose the binarization none");
  }
}
