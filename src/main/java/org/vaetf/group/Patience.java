package org.vaetf.group;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How long a process waits for another.
 *
 * @param limit after which the other is taken for lost
 * @param over whether to wait no more, asked every second: the work may have been given up
 */
public record Patience(Duration limit, BooleanSupplier over) {

  /**
   * To wait for some time, whatever happens.
   *
   * @param limit after which the other is taken for lost
   * @return the patience
   */
  public static Patience of(Duration limit) {
    return new Patience(limit, () -> false);
  }
}
