package org.vaetf.base;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shape of one row of data: {@code [784]} for a flat row, {@code [height, width, channels]} for
 * an image, {@code []} for a single number.
 *
 * @param dimensions the sizes, outermost first, each at least 1
 */
public record RowShape(@JsonValue List<Integer> dimensions) {

  /**
   * Copies and checks the sizes.
   *
   * @param dimensions the sizes, outermost first, each at least 1
   * @throws ConfigException if a size is below 1, or the product does not fit in 31 bits
   */
  @JsonCreator
  public RowShape {
    dimensions = List.copyOf(dimensions);
    long size = 1;
    for (int dimension : dimensions) {
      Check.atLeast("size in a row's shape " + dimensions, dimension, 1);
      size = Math.multiplyExact(size, (long) dimension);
      if (size > Integer.MAX_VALUE) {
        throw new ConfigException("shape", dimensions, "at most 2^31 - 1 values a row");
      }
    }
  }

  /**
   * A shape as people write it.
   *
   * @param text sizes with commas between them: {@code 28,28,1}
   * @return the shape
   * @throws ConfigException if the text is none
   */
  public static RowShape parse(String text) {
    if (!text.matches("\\d{1,9}(,\\d{1,9})*")) {
      throw new ConfigException("shape", "'" + text + "'", "sizes with commas, as 28,28,1");
    }
    return new RowShape(Arrays.stream(text.split(",", -1)).map(Integer::valueOf).toList());
  }

  /**
   * The shape with these sizes.
   *
   * @param dimensions sizes, outermost first
   * @return the shape
   */
  public static RowShape of(int... dimensions) {
    return new RowShape(Arrays.stream(dimensions).boxed().toList());
  }

  /**
   * The shape of an image, NHWC without its N.
   *
   * @param height rows of pixels
   * @param width pixels a row
   * @param channels 1 for grey, 3 for colour
   * @return {@code [height, width, channels]}
   */
  public static RowShape image(int height, int width, int channels) {
    return of(height, width, channels);
  }

  /**
   * How many numbers a row holds.
   *
   * @return the product of the sizes; 1 for {@code []}
   */
  public int size() {
    return dimensions.stream().reduce(1, (a, b) -> a * b);
  }

  /**
   * How many rows some values make.
   *
   * @param values how many there are
   * @return {@code values / size()}
   * @throws ConfigException if they are not whole rows
   */
  public int rowsOf(int values) {
    int size = size();
    if (values % size != 0) {
      throw new ConfigException(
          "number of values",
          values,
          "a multiple of " + size + ", the size of a row of shape " + this);
    }
    return values / size;
  }

  /**
   * How many sizes the shape has.
   *
   * @return 0 for a single number, 1 for a flat row, 3 for an image
   */
  public int rank() {
    return dimensions.size();
  }

  /**
   * Whether this is the shape of an image that can be drawn.
   *
   * @return true for {@code [height, width, 1]} and {@code [height, width, 3]}
   */
  public boolean isImage() {
    return rank() == 3 && (channels() == 1 || channels() == 3);
  }

  /**
   * The last size: channels of an image, features of a flat row.
   *
   * @return the innermost size; 1 for {@code []}
   */
  public int channels() {
    return rank() == 0 ? 1 : dimensions.get(rank() - 1);
  }

  /**
   * The same shape with its last size multiplied, as a head with several parameters a value needs.
   *
   * @param factor how many times
   * @return {@code [..., last * factor]}
   */
  public RowShape timesChannels(int factor) {
    int[] sizes = rank() == 0 ? new int[] {1} : toArray();
    sizes[sizes.length - 1] *= factor;
    return of(sizes);
  }

  /**
   * The sizes as an array.
   *
   * @return a fresh array
   */
  public int[] toArray() {
    return dimensions.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public String toString() {
    return dimensions.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
  }
}
