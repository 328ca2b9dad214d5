package org.vaetf.data;

import org.vaetf.base.Samples;

/** What a model's numbers look like on a screen. */
public final class GreyLevels {
  /** Above the mean plus deviation of any numbers between 0 and 1: at most (1 + √2) / 2. */
  private static final float ABOVE_UNIT_RANGE = 1.3f;

  private GreyLevels() {}

  /**
   * How the values were stored that a scaling was made for: its manifest does not say so outright.
   *
   * @param scaling of a model
   * @return BYTES where values of 0…255 were scaled, REALS for all others
   */
  public static DataSet.Encoding encoding(Scaling scaling) {
    boolean bytes =
        switch (scaling.kind()) {
          case UNIT -> true;
          case NONE -> false;
          case STANDARDIZE -> greatest(scaling) > ABOVE_UNIT_RANGE;
        };
    return bytes ? DataSet.Encoding.BYTES : DataSet.Encoding.REALS;
  }

  private static float greatest(Scaling scaling) {
    float greatest = 0;
    for (int i = 0; i < scaling.shift().length; i++) {
      greatest = Math.max(greatest, scaling.shift()[i] + scaling.scale()[i]);
    }
    return greatest;
  }

  /**
   * Rows as grey levels.
   *
   * @param rows values as stored
   * @param encoding BYTES for 0…255 already, REALS for 0 (black) to 1 (white)
   * @return values of 0…255 for what is in range
   */
  public static Samples of(Samples rows, DataSet.Encoding encoding) {
    if (encoding == DataSet.Encoding.BYTES) {
      return rows;
    }
    float[] values = rows.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= 255;
    }
    return new Samples(rows.shape(), values);
  }

  /**
   * Rows as bytes for a screen.
   *
   * @param rows values as stored
   * @param encoding BYTES for 0…255 already, REALS for 0 (black) to 1 (white)
   * @return as many unsigned bytes, rounded; what is out of range is clipped
   */
  public static byte[] bytes(Samples rows, DataSet.Encoding encoding) {
    float[] greys = of(rows, encoding).values();
    byte[] bytes = new byte[greys.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(Math.max(0, Math.min(255, greys[i])));
    }
    return bytes;
  }

  /**
   * Grey levels as the values that would have been stored: the other way of {@link #of}.
   *
   * @param greys values of 0…255
   * @param encoding BYTES to leave them, REALS for 0 (black) to 1 (white)
   * @return values as stored
   */
  public static Samples stored(Samples greys, DataSet.Encoding encoding) {
    if (encoding == DataSet.Encoding.BYTES) {
      return greys;
    }
    float[] values = greys.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] /= 255;
    }
    return new Samples(greys.shape(), values);
  }
}
