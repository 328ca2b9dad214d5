package org.vaetf.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.vaetf.base.DataException;
import org.vaetf.base.RowShape;

/** The header of IDX, the format of MNIST: two zeros, a type, a rank, and big-endian sizes. */
final class IdxHeader {
  private static final Map<Integer, ElementType> TYPES =
      Map.of(
          0x08, ElementType.U8,
          0x09, ElementType.I8,
          0x0B, ElementType.I16,
          0x0C, ElementType.I32,
          0x0D, ElementType.F32,
          0x0E, ElementType.F64);

  private IdxHeader() {}

  /**
   * Reads a header; the stream then stands at the first number.
   *
   * @throws DataException if it is not one
   */
  static ArrayLayout read(Object source, InputStream in) {
    try {
      byte[] magic = in.readNBytes(4);
      if (magic.length < 4
          || magic[0] != 0
          || magic[1] != 0
          || !TYPES.containsKey((int) magic[2])
          || magic[3] < 1) {
        throw new DataException(
            source,
            "does not begin as an IDX file does; expected two zero bytes, a type of 8 to 14 and a"
                + " rank; check that it is one");
      }
      byte[] sizes = in.readNBytes(magic[3] * Integer.BYTES);
      if (sizes.length < magic[3] * Integer.BYTES) {
        throw new DataException(source, "is cut short in its header; copy or download it again");
      }
      List<Long> dimensions = new ArrayList<>();
      ByteBuffer buffer = ByteBuffer.wrap(sizes);
      while (buffer.hasRemaining()) {
        dimensions.add(buffer.getInt() & 0xFFFFFFFFL);
      }
      return ArrayLayout.of(
          source, TYPES.get((int) magic[2]), ByteOrder.BIG_ENDIAN, dimensions, 4L + sizes.length);
    } catch (IOException e) {
      throw DataException.unreadable(source, e);
    }
  }

  /** A header; its length depends on the shape's rank alone. */
  static byte[] write(ElementType type, long rows, RowShape shape) {
    int code =
        TYPES.entrySet().stream()
            .filter(entry -> entry.getValue() == type)
            .mapToInt(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    ByteBuffer header = ByteBuffer.allocate(4 + Integer.BYTES * (1 + shape.rank()));
    header.put((byte) 0).put((byte) 0).put((byte) code).put((byte) (1 + shape.rank()));
    header.putInt((int) rows);
    shape.dimensions().forEach(header::putInt);
    return header.array();
  }
}
