package org.vaetf.tf;

import org.tensorflow.proto.DataType;

/** What one number of a tensor takes. */
public final class ElementBytes {
  private static final int STRING = 24;

  private ElementBytes() {}

  /**
   * The bytes of an element in memory, and of a number in files.
   *
   * @param type of the tensor
   * @return 0 for types that are not written to files
   */
  public static int of(DataType type) {
    return switch (type) {
      case DT_BOOL, DT_INT8, DT_UINT8, DT_QINT8, DT_QUINT8 -> 1;
      case DT_INT16, DT_UINT16, DT_HALF, DT_BFLOAT16, DT_QINT16, DT_QUINT16 -> 2;
      case DT_FLOAT, DT_INT32, DT_UINT32, DT_QINT32 -> 4;
      case DT_DOUBLE, DT_INT64, DT_UINT64, DT_COMPLEX64 -> 8;
      case DT_COMPLEX128 -> 16;
      case DT_STRING -> STRING;
      default -> 0;
    };
  }
}
