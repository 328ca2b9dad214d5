package org.vaetf.data;

import java.nio.ByteBuffer;

/** How one number lies in an array file. All are read to single precision. */
enum ElementType {
  U8(1),
  I8(1),
  I16(2),
  I32(4),
  I64(8),
  F32(4),
  F64(8);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** The size of one number. */
  int bytes() {
    return bytes;
  }

  DataSet.Encoding encoding() {
    return this == U8 ? DataSet.Encoding.BYTES : DataSet.Encoding.REALS;
  }

  /**
   * Decodes numbers.
   *
   * @param from a buffer over an array, in the file's byte order; its position advances
   * @param into receives {@code count} values from {@code offset} on
   * @return the index into {@code into} of the first value that is not finite in single precision,
   *     or -1
   */
  int decode(ByteBuffer from, float[] into, int offset, int count) {
    switch (this) {
      case U8 -> {
        byte[] array = from.array();
        int at = from.arrayOffset() + from.position();
        for (int i = 0; i < count; i++) {
          into[offset + i] = array[at + i] & 0xFF;
        }
        from.position(from.position() + count);
        return -1;
      }
      case I8 -> {
        for (int i = 0; i < count; i++) {
          into[offset + i] = from.get();
        }
        return -1;
      }
      case I16 -> {
        for (int i = 0; i < count; i++) {
          into[offset + i] = from.getShort();
        }
        return -1;
      }
      case I32 -> {
        for (int i = 0; i < count; i++) {
          into[offset + i] = (float) from.getInt();
        }
        return -1;
      }
      case I64 -> {
        for (int i = 0; i < count; i++) {
          into[offset + i] = (float) from.getLong();
        }
        return -1;
      }
      case F32 -> {
        from.asFloatBuffer().get(into, offset, count);
        from.position(from.position() + count * Float.BYTES);
      }
      case F64 -> {
        for (int i = 0; i < count; i++) {
          into[offset + i] = (float) from.getDouble();
        }
      }
    }
    return firstNotFinite(into, offset, count);
  }

  /** The index of the first value that is NaN or infinite, or -1. */
  static int firstNotFinite(float[] values, int offset, int count) {
    // 0 * x is 0 for a finite x and NaN for any other: one sum finds out without branches.
    float sum = 0;
    for (int i = offset; i < offset + count; i++) {
      sum += 0 * values[i];
    }
    if (sum == 0) {
      return -1;
    }
    int i = offset;
    while (Float.isFinite(values[i])) {
      i++;
    }
    return i;
  }
}
