package org.vaetf.eval;

import org.vaetf.base.Samples;
import org.vaetf.data.DataSet;

/**
 * What rows are compared by in {@link GenerationMetrics}: numbers that lie near each other for rows
 * that people would call alike. {@link DigitFeatures} are for digits; for other data give features
 * of your own, such as a hidden layer of a classifier of that data, or for tables the standardized
 * columns themselves.
 */
@FunctionalInterface
public interface Features {

  /**
   * The features of some rows. Each row's are its own: they do not depend on the other rows.
   *
   * @param rows in the units of the data as stored, {@code [rows, shape...]}
   * @return {@code [rows, features]}, in the same order
   * @throws org.vaetf.base.ConfigException if these features are not for such rows
   */
  Samples of(Samples rows);

  /**
   * Refuses data that these features are not for, before any are computed. Takes all data unless
   * overridden.
   *
   * @param data not closed
   * @throws org.vaetf.base.DataException if it is of another shape or in other units
   */
  default void requireData(DataSet data) {
    // Any rows will do.
  }
}
