package org.vaetf.tf;

import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;

/**
 * The values of a tensor, copied out of native memory.
 *
 * @param shape its sizes, outermost first
 * @param values in C order
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over, not copied.
public record Array(long[] shape, float[] values) {

  /**
   * The array as rows: its first size counts them.
   *
   * @return rows of the remaining shape
   */
  public Samples rows() {
    int[] rest = new int[Math.max(0, shape.length - 1)];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = Math.toIntExact(shape[i + 1]);
    }
    return new Samples(RowShape.of(rest), values);
  }
}
