package org.vaetf.data;

import java.util.List;
import java.util.Optional;
import org.vaetf.base.DataException;
import org.vaetf.base.RowShape;

/**
 * Rows in order, a batch at a time: memory does not grow with their number. Not for use by several
 * threads. Owns its file: close it.
 */
public interface RowReader extends AutoCloseable {

  /**
   * The shape of a row.
   *
   * @return the same for every row
   */
  RowShape shape();

  /**
   * How the values are stored.
   *
   * @return whole grey levels, or real numbers
   */
  DataSet.Encoding encoding();

  /**
   * How many rows there are in all, where the format says so up front.
   *
   * @return the number, or -1
   */
  long rows();

  /**
   * The names of the classes, where they have names.
   *
   * @return the name of label 0, of label 1 and so on; empty where labels are numbers alone
   */
  default List<String> classes() {
    return List.of();
  }

  /**
   * Reads the next rows.
   *
   * @param most at most this many, at least 1
   * @return the rows and their labels; empty after the last
   * @throws DataException if the file cannot be read, is cut short, or holds a value that is not a
   *     finite number
   */
  Optional<Batch> next(int most);

  /** Closes the file. Idempotent. */
  @Override
  void close();
}
