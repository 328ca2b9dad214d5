package org.vaetf.data;

import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Collectors;
import org.vaetf.base.DataException;
import org.vaetf.base.RowShape;

/**
 * What the header of an array file says: IDX and NPY say the same in different words. The array is
 * in C order, its first size counts the rows.
 *
 * @param type of one number
 * @param order of the bytes of one number
 * @param dimensions the sizes, outermost first: 1 to 4 of them
 * @param offset bytes before the first number
 */
record ArrayLayout(ElementType type, ByteOrder order, List<Long> dimensions, long offset) {

  /** Deflate packs at most 1032 bytes into one. */
  private static final long MOST_INFLATION = 1032;

  static ArrayLayout of(
      Object source, ElementType type, ByteOrder order, List<Long> dimensions, long offset) {
    ArrayLayout layout = new ArrayLayout(type, order, List.copyOf(dimensions), offset);
    int rank = dimensions.size();
    if (rank < 1 || rank > 4) {
      throw new DataException(
          source,
          "holds an array of shape "
              + layout.shapeText()
              + "; expected (rows, features), (rows, height, width) or (rows, height, width,"
              + " channels); reshape it");
    }
    try {
      long values = 1;
      for (int i = 1; i < rank; i++) {
        values = Math.multiplyExact(values, dimensions.get(i));
        if (dimensions.get(i) < 1 || values > Integer.MAX_VALUE) {
          throw new DataException(
              source,
              "holds an array of shape "
                  + layout.shapeText()
                  + "; expected every size after the first to be at least 1, and fewer than 2^31"
                  + " values a row");
        }
      }
      Math.addExact(offset, Math.multiplyExact(dimensions.get(0), values * type.bytes()));
      return layout;
    } catch (ArithmeticException e) {
      throw new DataException(
          source,
          "claims an array of shape " + layout.shapeText() + ", more than any file can hold",
          e);
    }
  }

  long rows() {
    return dimensions.get(0);
  }

  /**
   * The shape of a row: {@code [1]} where the array is a list of numbers, {@code [features]} of a
   * table, {@code [height, width, 1]} of grey images, {@code [height, width, channels]} of images.
   */
  RowShape rowShape() {
    int[] sizes = dimensions.stream().skip(1).mapToInt(Math::toIntExact).toArray();
    return switch (sizes.length) {
      case 0 -> RowShape.of(1);
      case 2 -> RowShape.image(sizes[0], sizes[1], 1);
      default -> RowShape.of(sizes);
    };
  }

  long rowBytes() {
    return (long) rowShape().size() * type.bytes();
  }

  /** All bytes, the header's among them. */
  long fileBytes() {
    return offset + rows() * rowBytes();
  }

  /** Refuses a file of another size than its header announces. */
  ArrayLayout requireFileSize(Object source, long bytes) {
    if (bytes != fileBytes()) {
      throw new DataException(
          source,
          (bytes < fileBytes() ? "is cut short: it holds " : "is too long: it holds ")
              + bytes
              + " bytes, its header announces "
              + fileBytes()
              + " (an array of shape "
              + shapeText()
              + "); copy or download it again");
    }
    return this;
  }

  /** Refuses a header that announces more than so many compressed bytes can hold. */
  ArrayLayout requireCompressedSize(Object source, long bytes) {
    if (fileBytes() > (bytes + 1) * MOST_INFLATION) {
      throw new DataException(
          source,
          "claims an array of shape "
              + shapeText()
              + ", more than its "
              + bytes
              + " compressed bytes can hold; copy or download it again");
    }
    return this;
  }

  String shapeText() {
    return dimensions.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
  }
}
