package org.vaetf.data;

import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;

/**
 * Which data to learn from and which to judge by.
 *
 * @param data {@code mnist-10k}, {@code mnist}, {@code shapes} with or without settings ({@link
 *     Shapes#parse}), a file, a folder of images, or a folder with MNIST's four files; a name comes
 *     first: {@code ./mnist} is the folder
 * @param test the same for test data of its own; empty to set some rows aside
 * @param testFraction how many rows to set aside where the data brings no test rows
 * @param read what the files do not say of themselves
 */
public record DataRequest(String data, String test, double testFraction, ReadOptions read) {

  /**
   * Checks the settings.
   *
   * @param data {@code mnist-10k}, {@code mnist}, {@code shapes} with or without settings ({@link
   *     Shapes#parse}), a file, a folder of images, or a folder with MNIST's four files; a name
   *     comes first: {@code ./mnist} is the folder
   * @param test the same for test data of its own; empty to set some rows aside
   * @param testFraction how many rows to set aside where the data brings no test rows
   * @param read what the files do not say of themselves
   * @throws ConfigException if a component is missing, no data is named, or the fraction is outside
   *     {@code [0, 1)}
   */
  public DataRequest {
    Check.present("test data", test);
    Check.present("settings to read data", read);
    if (Check.present("data", data).isEmpty()) {
      throw new ConfigException("data", "empty", "a data set's name, a file or a folder");
    }
    Check.fraction("test fraction", testFraction);
  }

  /**
   * One data set, a tenth of it to test on unless it brings test rows.
   *
   * @param data its name, or a file or folder
   * @return the request
   */
  public static DataRequest of(String data) {
    return new DataRequest(data, "", 0.1, ReadOptions.defaults());
  }

  /**
   * The data set in the jar.
   *
   * @return {@code mnist-10k}
   */
  public static DataRequest defaults() {
    return of(Mnist10k.NAME);
  }

  /**
   * The same with test data of its own.
   *
   * @param value its name, or a file or folder
   * @return the request
   */
  public DataRequest withTest(String value) {
    return new DataRequest(data, value, testFraction, read);
  }

  /**
   * The same with another part set aside.
   *
   * @param value at least 0, below 1; one row is always set aside
   * @return the request
   */
  public DataRequest withTestFraction(double value) {
    return new DataRequest(data, test, value, read);
  }

  /**
   * The same with other settings for reading files.
   *
   * @param value the settings
   * @return the request
   */
  public DataRequest withRead(ReadOptions value) {
    return new DataRequest(data, test, testFraction, value);
  }
}
