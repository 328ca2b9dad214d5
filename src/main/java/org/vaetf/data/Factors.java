package org.vaetf.data;

import java.util.List;
import org.vaetf.base.Samples;

/**
 * The factors that generated each row.
 *
 * @param names one for each factor, in the order of the columns
 * @param values {@code [rows, names.size()]}
 */
public record Factors(List<String> names, Samples values) {
  /**
   * Copies the names.
   *
   * @param names one for each factor, in the order of the columns
   * @param values {@code [rows, names.size()]}
   */
  public Factors {
    names = List.copyOf(names);
    values.requireShape("factors", org.vaetf.base.RowShape.of(names.size()));
  }
}
