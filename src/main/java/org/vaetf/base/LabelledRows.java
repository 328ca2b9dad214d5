package org.vaetf.base;

/**
 * Rows with the label of each.
 *
 * @param values the rows, without labels of their own
 * @param labels {@code [rows]}; handed over, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over, not copied, as the values are.
public record LabelledRows(Rows values, int[] labels) implements Rows {

  /**
   * Checks that there is a label for each row.
   *
   * @param values the rows, without labels of their own
   * @param labels {@code [rows]}; handed over, not copied
   * @throws ConfigException if the rows have labels already, or there are more or fewer labels
   */
  public LabelledRows {
    if (values instanceof LabelledRows) {
      throw new ConfigException("labels of the rows", "there already", "rows without labels");
    }
    if (labels.length != values.rows()) {
      throw new ConfigException(
          "number of labels", labels.length, values.rows() + ", one for each row");
    }
  }

  @Override
  public RowShape shape() {
    return values.shape();
  }

  @Override
  public int rows() {
    return values.rows();
  }
}
