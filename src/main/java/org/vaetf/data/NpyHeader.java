package org.vaetf.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.vaetf.base.DataException;
import org.vaetf.base.RowShape;

/**
 * The header of NumPy's array format, versions 1 to 3: magic, version, length, and a Python
 * dictionary of three keys, padded with blanks.
 */
final class NpyHeader {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** NumPy's own headers stay below 200 bytes; whatever is longer is no header. */
  private static final int LONGEST = 1 << 16;

  /** The header as we write it: room for any count, so that the count can be patched in last. */
  static final int WRITTEN_BYTES = 192;

  private static final Map<String, ElementType> TYPES =
      Map.of(
          "u1", ElementType.U8,
          "i1", ElementType.I8,
          "i2", ElementType.I16,
          "i4", ElementType.I32,
          "i8", ElementType.I64,
          "f4", ElementType.F32,
          "f8", ElementType.F64);

  private static final Pattern DESCR = Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([^'\"]*)");
  private static final Pattern FORTRAN =
      Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
  private static final Pattern SHAPE =
      Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([\\s\\d,L]*)\\)");

  private NpyHeader() {}

  /**
   * Reads a header; the stream then stands at the first number.
   *
   * @throws DataException if it is not one, or describes what is not read here
   */
  static ArrayLayout read(Object source, InputStream in) {
    try {
      byte[] start = in.readNBytes(8);
      if (start.length < 8 || !Arrays.equals(start, 0, 6, MAGIC, 0, 6)) {
        throw new DataException(
            source, "does not begin as an NPY file does; write it with numpy.save");
      }
      int version = start[6];
      if (version < 1 || version > 3) {
        throw new DataException(
            source, "is of NPY version " + version + "; expected 1, 2 or 3; write it again");
      }
      int lengthBytes = version == 1 ? 2 : 4;
      byte[] size = Arrays.copyOf(exactly(in, lengthBytes), 4);
      int length = ByteBuffer.wrap(size).order(ByteOrder.LITTLE_ENDIAN).getInt();
      if (length < 0 || length > LONGEST) {
        throw new DataException(
            source, "claims an NPY header of " + (length & 0xFFFFFFFFL) + " bytes; it is damaged");
      }
      String text = new String(exactly(in, length), StandardCharsets.UTF_8);
      return parse(source, text, 8L + lengthBytes + length);
    } catch (IOException e) {
      throw DataException.unreadable(source, e);
    }
  }

  private static byte[] exactly(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException();
    }
    return bytes;
  }

  private static ArrayLayout parse(Object source, String text, long offset) {
    String descr = find(source, text, "descr", DESCR);
    if (descr.length() < 2 || !TYPES.containsKey(descr.substring(1))) {
      throw new DataException(
          source,
          "holds numbers of type '"
              + descr
              + "'; expected one of: "
              + TYPES.keySet().stream().sorted().collect(Collectors.joining(", "))
              + "; convert with array.astype('float32')");
    }
    if (find(source, text, "fortran_order", FORTRAN).equals("True")) {
      throw new DataException(
          source,
          "is in Fortran order; expected C order; save numpy.ascontiguousarray(array) instead");
    }
    ByteOrder order = descr.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    try {
      List<Long> dimensions =
          Arrays.stream(find(source, text, "shape", SHAPE).split(","))
              .map(size -> size.replace("L", "").strip())
              .filter(size -> !size.isEmpty())
              .map(Long::valueOf)
              .toList();
      return ArrayLayout.of(source, TYPES.get(descr.substring(1)), order, dimensions, offset);
    } catch (NumberFormatException e) {
      throw new DataException(source, "has an NPY header with sizes that are not numbers", e);
    }
  }

  private static String find(Object source, String text, String key, Pattern pattern) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new DataException(
          source,
          "has an NPY header without a plain '"
              + key
              + "'; expected an array of numbers; write it with numpy.save");
    }
    return matcher.group(1);
  }

  /** A header of {@link #WRITTEN_BYTES} bytes, version 1, little-endian. */
  static byte[] write(ElementType type, long rows, RowShape shape) {
    String name =
        TYPES.entrySet().stream()
            .filter(entry -> entry.getValue() == type)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    String sizes =
        shape.dimensions().stream().map(size -> " " + size).collect(Collectors.joining(","));
    String text =
        "{'descr': '"
            + (type.bytes() == 1 ? '|' : '<')
            + name
            + "', 'fortran_order': False, 'shape': ("
            + rows
            + ","
            + sizes
            + "), }";
    byte[] header = new byte[WRITTEN_BYTES];
    Arrays.fill(header, (byte) ' ');
    ByteBuffer.wrap(header)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) (WRITTEN_BYTES - 10))
        .put(text.getBytes(StandardCharsets.US_ASCII));
    header[WRITTEN_BYTES - 1] = '\n';
    return header;
  }
}
