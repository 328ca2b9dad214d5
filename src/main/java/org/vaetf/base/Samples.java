package org.vaetf.base;

import java.util.Arrays;
import java.util.List;

/**
 * Rows of numbers of one shape: what goes into a model and what comes out of it. Values lie row
 * after row, each row in C order (images NHWC). The array is not copied: whoever makes a {@code
 * Samples} hands the array over.
 *
 * @param shape the shape of one row
 * @param values {@code [rows * shape.size()]}
 */
@SuppressWarnings(
    "ArrayRecordComponent") // Rows can be gigabytes: they are handed over, not copied.
public record Samples(RowShape shape, float[] values) implements Rows {

  /**
   * Checks that the values are whole rows.
   *
   * @param shape the shape of one row
   * @param values {@code [rows * shape.size()]}
   * @throws ConfigException if the length is not a multiple of the row's size
   */
  public Samples {
    shape.rowsOf(values.length);
  }

  /**
   * Flat rows from a table.
   *
   * @param rows {@code [rows][features]}, at least one row, all of one length
   * @return a copy of the table
   * @throws ConfigException if there is no row or the lengths differ
   */
  public static Samples of(float[][] rows) {
    Check.atLeast("number of rows", rows.length, 1);
    int features = rows[0].length;
    float[] values = new float[rows.length * features];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != features) {
        throw new ConfigException(
            "length of row " + i, rows[i].length, features + ", the length of row 0");
      }
      System.arraycopy(rows[i], 0, values, i * features, features);
    }
    return new Samples(RowShape.of(features), values);
  }

  /**
   * All rows of several parts, one after the other.
   *
   * @param parts at least one, all of one shape
   * @return the rows in order
   * @throws ConfigException if there is no part or the shapes differ
   */
  public static Samples concatenate(List<Samples> parts) {
    Check.atLeast("number of parts", parts.size(), 1);
    RowShape shape = parts.get(0).shape();
    float[] values =
        new float[Math.toIntExact(parts.stream().mapToLong(part -> part.values.length).sum())];
    int at = 0;
    for (Samples part : parts) {
      part.requireShape("part", shape);
      System.arraycopy(part.values, 0, values, at, part.values.length);
      at += part.values.length;
    }
    return new Samples(shape, values);
  }

  /**
   * How many rows there are.
   *
   * @return the number of values divided by the row's size
   */
  @Override
  public int rows() {
    return shape.rowsOf(values.length);
  }

  /**
   * One row.
   *
   * @param row its number, from 0
   * @return a copy of its values, {@code [shape.size()]}
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public float[] row(int row) {
    return slice(row, row + 1).values;
  }

  /**
   * Some rows in a row.
   *
   * @param from the first
   * @param to one past the last
   * @return a copy
   * @throws IndexOutOfBoundsException if the range is not inside {@code [0, rows()]}
   */
  public Samples slice(int from, int to) {
    java.util.Objects.checkFromToIndex(from, to, rows());
    int size = shape.size();
    return new Samples(shape, Arrays.copyOfRange(values, from * size, to * size));
  }

  /**
   * The same rows under another shape of as many values.
   *
   * @param other the new shape
   * @return the same array, seen otherwise
   * @throws ConfigException if the sizes differ
   */
  public Samples reshape(RowShape other) {
    if (other.size() != shape.size()) {
      throw new ConfigException(
          "row shape", shape, "one with " + other.size() + " values, as " + other + " has");
    }
    return new Samples(other, values);
  }

  /**
   * Refuses rows of another shape.
   *
   * @param what names these rows in the message
   * @param expected the shape they must have
   * @return this
   * @throws ConfigException if the shape is another
   */
  public Samples requireShape(String what, RowShape expected) {
    if (!shape.equals(expected)) {
      throw new ConfigException("row shape of " + what, shape, expected.toString());
    }
    return this;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Samples samples
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
