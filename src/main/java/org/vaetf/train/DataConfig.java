package org.vaetf.train;

import org.vaetf.base.Check;
import org.vaetf.base.Seed;
import org.vaetf.data.Binarization;
import org.vaetf.data.DataRequest;
import org.vaetf.data.DataSources;
import org.vaetf.data.DataSplit;
import org.vaetf.data.Scaling;

/**
 * What a model is fitted to. Immutable; JSON by component name.
 *
 * @param rows where they come from
 * @param scaling from stored values to the model's; null for what fits the data: {@code unit} for
 *     bytes, {@code none} for real numbers
 * @param binarization of scaled values
 */
public record DataConfig(DataRequest rows, Scaling.Kind scaling, Binarization binarization) {

  /**
   * Checks that every part is there.
   *
   * @param rows where they come from
   * @param scaling from stored values to the model's; null for what fits the data: {@code unit} for
   *     bytes, {@code none} for real numbers
   * @param binarization of scaled values
   * @throws org.vaetf.base.ConfigException if rows or binarization are missing
   */
  public DataConfig {
    Check.present("data.rows", rows);
    Check.present("data.binarization", binarization);
  }

  /**
   * The digits inside the library.
   *
   * @return {@code mnist-10k}, scaled as fits, not binarized
   */
  public static DataConfig defaults() {
    return of(DataRequest.defaults());
  }

  /**
   * Some rows.
   *
   * @param rows where they come from
   * @return those rows, scaled as fits, not binarized
   */
  public static DataConfig of(DataRequest rows) {
    return new DataConfig(rows, null, Binarization.NONE);
  }

  /**
   * The same with another value of {@code rows}.
   *
   * @param value where they come from
   * @return a copy
   */
  public DataConfig withRows(DataRequest value) {
    return new DataConfig(value, scaling, binarization);
  }

  /**
   * The same with another value of {@code scaling}.
   *
   * @param value null for what fits the data
   * @return a copy
   */
  public DataConfig withScaling(Scaling.Kind value) {
    return new DataConfig(rows, value, binarization);
  }

  /**
   * The same with another value of {@code binarization}.
   *
   * @param value of scaled values
   * @return a copy
   */
  public DataConfig withBinarization(Binarization value) {
    return new DataConfig(rows, scaling, value);
  }

  /**
   * Opens the training and the test part.
   *
   * @param seed of the run: says which rows become the test part where none comes with the source
   * @return both parts, to be closed by the caller
   * @throws org.vaetf.base.VaeException if the data cannot be read
   */
  public DataSplit open(long seed) {
    return new DataSources().split(rows, new Seed(seed));
  }
}
