package org.vaetf.export;

import org.vaetf.base.Check;
import org.vaetf.tf.Compute;

/**
 * How a SavedModel is loaded.
 *
 * @param compute device and threads
 * @param trusted whether it may run operations of any sort; else only those that compute, so that a
 *     model from a stranger reads and writes no file and runs no program of its own. A trusted
 *     model can do all that the process can
 */
public record LoadOptions(Compute compute, boolean trusted) {

  /**
   * Checks that every part is there.
   *
   * @param compute device and threads
   * @param trusted whether it may run operations of any sort
   * @throws org.vaetf.base.ConfigException if one is missing
   */
  public LoadOptions {
    Check.present("compute", compute);
  }

  /**
   * On the CPU, not trusted.
   *
   * @return the defaults
   */
  public static LoadOptions defaults() {
    return new LoadOptions(Compute.defaults(), false);
  }

  /**
   * The same with another value of {@code compute}.
   *
   * @param value device and threads
   * @return a copy
   */
  public LoadOptions withCompute(Compute value) {
    return new LoadOptions(value, trusted);
  }

  /**
   * The same with another value of {@code trusted}.
   *
   * @param value whether it may run operations of any sort
   * @return a copy
   */
  public LoadOptions withTrusted(boolean value) {
    return new LoadOptions(compute, value);
  }
}
