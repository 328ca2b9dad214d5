package org.vaetf.base;

/** Rows of one shape, as real numbers or as bytes, with or without labels. */
public sealed interface Rows permits Samples, ByteSamples, LabelledRows {

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
}
