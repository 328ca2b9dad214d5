package org.vaetf.data;

import java.util.List;
import org.vaetf.base.ConfigException;
import org.vaetf.base.RowShape;

/**
 * What a writer is opened for.
 *
 * @param shape of every row
 * @param encoding BYTES for values of 0…255, stored rounded in a byte; REALS for any others, stored
 *     in single precision. A picture of REALS takes 0 as black and 1 as white
 * @param labelled whether each row comes with a label
 * @param columns names for the columns of a table, one for each value of a row; empty for {@code
 *     x0, x1 …}
 */
public record RowFormat(
    RowShape shape, DataSet.Encoding encoding, boolean labelled, List<String> columns) {

  /**
   * Copies and checks the column names.
   *
   * @param shape of every row
   * @param encoding BYTES for values of 0…255, stored rounded in a byte; REALS for any others,
   *     stored in single precision. A picture of REALS takes 0 as black and 1 as white
   * @param labelled whether each row comes with a label
   * @param columns names for the columns of a table, one for each value of a row; empty for {@code
   *     x0, x1 …}
   * @throws ConfigException if there are names, but not one for each value
   */
  public RowFormat {
    columns = List.copyOf(columns);
    if (!columns.isEmpty() && columns.size() != shape.size()) {
      throw new ConfigException(
          "number of column names", columns.size(), shape.size() + ", one for each value of a row");
    }
  }

  /**
   * Rows without labels.
   *
   * @param shape of every row
   * @param encoding how to store the values
   * @return the format
   */
  public static RowFormat of(RowShape shape, DataSet.Encoding encoding) {
    return new RowFormat(shape, encoding, false, List.of());
  }

  /**
   * The same with or without labels.
   *
   * @param value whether each row comes with a label
   * @return the format
   */
  public RowFormat withLabelled(boolean value) {
    return new RowFormat(shape, encoding, value, columns);
  }

  /**
   * The same with named columns.
   *
   * @param names one for each value of a row
   * @return the format
   */
  public RowFormat withColumns(List<String> names) {
    return new RowFormat(shape, encoding, labelled, names);
  }

  ElementType type() {
    return encoding == DataSet.Encoding.BYTES ? ElementType.U8 : ElementType.F32;
  }

  /** The labels of a batch, which must have them exactly where this says so. */
  int[] labelsOf(Batch batch) {
    if (batch.labels().isPresent() != labelled) {
      throw new ConfigException(
          "labels of the rows to write",
          labelled ? "missing" : "present",
          (labelled ? "present" : "missing") + ", as the writer was opened for");
    }
    return batch.labels().orElse(new int[0]);
  }
}
