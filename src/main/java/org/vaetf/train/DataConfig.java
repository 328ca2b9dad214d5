package org.vaetf.train;

import org.vaetf.base.Check;
import org.vaetf.data.Binarization;
import org.vaetf.data.ReadOptions;
import org.vaetf.data.Scaling;

/**
 * What a model is fitted to. Immutable; JSON by component name.
 *
 * @param source a data set's name, a file or a folder
 * @param test the same for the test part; empty where it comes with the source or is cut from it
 * @param testFraction of the rows that become the test part where none comes with the source
 * @param read how files are read
 * @param scaling from stored values to the model's; null for what fits the data: {@code unit} for bytes, {@code none} for real
 *     numbers
 * @param binarization of scaled values
 */
public record DataConfig(
    String source,
    String test,
    double testFraction,
    ReadOptions read,
    Scaling.Kind scaling,
    Binarization binarization) {

  /**
   * Checks the settings.
   *
   * @throws org.vaetf.base.ConfigException if one is missing or out of range
   */
  public DataConfig {
    Check.present("data.source", source);
    Check.present("data.test", test);
    Check.fraction("testFraction", testFraction);
    Check.present("data.read", read);
    Check.present("binarization", binarization);
  }

  /**
   * The digits inside the library.
   *
   * @return {@code mnist-10k}
   */
  public static DataConfig defaults() {
    return new DataConfig(
        "mnist-10k", "", 0.1, ReadOptions.defaults(), null, Binarization.NONE);
  }

  /**
   * The same with another value of {@code source}.
   *
   * @param value a data set's name, a file or a folder
   * @return a copy
   */
  public DataConfig withSource(String value) {
    return new DataConfig(value, test, testFraction, read, scaling, binarization);
  }

  /**
   * The same with another value of {@code test}.
   *
   * @param value the same for the test part, or empty
   * @return a copy
   */
  public DataConfig withTest(String value) {
    return new DataConfig(source, value, testFraction, read, scaling, binarization);
  }

  /**
   * The same with another value of {@code testFraction}.
   *
   * @param value of the rows, from 0 up to 1
   * @return a copy
   */
  public DataConfig withTestFraction(double value) {
    return new DataConfig(source, test, value, read, scaling, binarization);
  }

  /**
   * The same with another value of {@code read}.
   *
   * @param value how files are read
   * @return a copy
   */
  public DataConfig withRead(ReadOptions value) {
    return new DataConfig(source, test, testFraction, value, scaling, binarization);
  }

  /**
   * The same with another value of {@code scaling}.
   *
   * @param value null for what fits the data
   * @return a copy
   */
  public DataConfig withScaling(Scaling.Kind value) {
    return new DataConfig(source, test, testFraction, read, value, binarization);
  }

  /**
   * The same with another value of {@code binarization}.
   *
   * @param value of scaled values
   * @return a copy
   */
  public DataConfig withBinarization(Binarization value) {
    return new DataConfig(source, test, testFraction, read, scaling, value);
  }
}
