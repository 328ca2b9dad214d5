package org.vaetf.data;

import java.util.List;
import java.util.Optional;
import org.vaetf.base.DataException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;

/**
 * Rows by number: in memory, or read from a file as they are asked for. Values are as stored
 * ({@code 0…255} for grey levels); {@link Scaling} makes a model's numbers of them. Safe for use by
 * many threads. Owns its file, if any: close it.
 */
public interface DataSet extends AutoCloseable {

  /**
   * What people call it.
   *
   * @return a data set's name or a path
   */
  String name();

  /**
   * The shape of a row.
   *
   * @return the same for every row
   */
  RowShape shape();

  /**
   * How many rows there are.
   *
   * @return at least 0
   */
  int rows();

  /**
   * How the values are stored, which says what scaling fits.
   *
   * @return whole grey levels, or real numbers
   */
  Encoding encoding();

  /**
   * Reads one row.
   *
   * @param row its number, from 0
   * @param into receives {@code shape().size()} values
   * @param offset where in {@code into} to begin
   * @throws DataException if the file cannot be read, or holds a value that is not finite
   * @throws IndexOutOfBoundsException if there is no such row, or no room
   */
  void read(int row, float[] into, int offset);

  /**
   * Reads one row of grey levels as bytes.
   *
   * @param row its number, from 0
   * @param into receives {@code shape().size()} values, unsigned
   * @param offset where in {@code into} to begin
   * @throws IllegalStateException if the values are not stored as {@link Encoding#BYTES}
   * @throws DataException if the file cannot be read
   * @throws IndexOutOfBoundsException if there is no such row, or no room
   */
  default void readBytes(int row, byte[] into, int offset) {
    if (encoding() != Encoding.BYTES) {
      throw new IllegalStateException(name() + " holds real numbers");
    }
    float[] values = new float[shape().size()];
    read(row, values, 0);
    for (int i = 0; i < values.length; i++) {
      into[offset + i] = (byte) (int) values[i];
    }
  }

  /**
   * The class of each row.
   *
   * @return {@code [rows]}, not to be written to; empty where the data has no labels
   */
  Optional<int[]> labels();

  /**
   * The names of the classes, where they have names.
   *
   * @return the name of label 0, of label 1 and so on; empty where labels are numbers alone
   */
  default List<String> classes() {
    return List.of();
  }

  /**
   * The generating factors of each row, known exactly where the data is made by a procedure.
   *
   * @return the factors; empty for all other data
   */
  default Optional<Factors> factors() {
    return Optional.empty();
  }

  /**
   * The grid of all rows that the procedure could make, where there is one.
   *
   * @return rows to order; empty for data that is not made by a procedure
   */
  default Optional<FactorGrid> factorGrid() {
    return Optional.empty();
  }

  /** Closes the file behind the rows. Idempotent. */
  @Override
  void close();

  /**
   * Reads some rows in order.
   *
   * @param from the first
   * @param to one past the last
   * @return a copy
   */
  default Samples slice(int from, int to) {
    java.util.Objects.checkFromToIndex(from, to, rows());
    int size = shape().size();
    float[] values = new float[Math.multiplyExact(to - from, size)];
    for (int row = from; row < to; row++) {
      read(row, values, (row - from) * size);
    }
    return new Samples(shape(), values);
  }

  /** How values are stored. */
  enum Encoding implements org.vaetf.base.Named {
    /** Whole numbers from 0 to 255. */
    BYTES,
    /** Real numbers, single or double precision, or whole numbers of 64 bits. */
    REALS
  }
}
