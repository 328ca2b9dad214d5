package org.vaetf.base;

import java.util.Arrays;

/**
 * Rows of whole numbers from 0 to 255, a byte each: a quarter of the room of {@link Samples}. The
 * array is not copied: whoever makes one hands it over.
 *
 * @param shape the shape of one row
 * @param values {@code [rows * shape.size()]}, unsigned
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over, not copied, as those of Samples are.
public record ByteSamples(RowShape shape, byte[] values) implements Rows {

  /**
   * Checks that the values are whole rows.
   *
   * @param shape the shape of one row
   * @param values {@code [rows * shape.size()]}, unsigned
   * @throws ConfigException if the length is not a multiple of the row's size
   */
  public ByteSamples {
    shape.rowsOf(values.length);
  }

  @Override
  public int rows() {
    return shape.rowsOf(values.length);
  }

  /**
   * The same numbers as real ones.
   *
   * @return a copy
   */
  public Samples toSamples() {
    float[] reals = new float[values.length];
    for (int i = 0; i < reals.length; i++) {
      reals[i] = values[i] & 0xFF;
    }
    return new Samples(shape, reals);
  }

  /**
   * The numbers that occur.
   *
   * @return each of them once, ascending
   */
  public float[] levels() {
    boolean[] seen = new boolean[256];
    for (byte value : values) {
      seen[value & 0xFF] = true;
    }
    float[] levels = new float[256];
    int count = 0;
    for (int level = 0; level < seen.length; level++) {
      if (seen[level]) {
        levels[count++] = level;
      }
    }
    return Arrays.copyOf(levels, count);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByteSamples samples
        && shape.equals(samples.shape)
        && Arrays.equals(values, samples.values);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return rows() + " rows of " + shape;
  }
}
