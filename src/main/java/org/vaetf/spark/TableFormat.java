package org.vaetf.spark;

import java.util.Locale;
import org.vaetf.base.Named;

/** How a table lies on a file system. */
public enum TableFormat implements Named {
  /** Columns with types, lists among them. */
  PARQUET,
  /** Text, a column for each number. */
  CSV,
  /** A folder of PNG and JPEG files, perhaps in one sub-folder a class: to read only. */
  IMAGES;

  /**
   * The format of a place that says it with its ending.
   *
   * @param place a path
   * @return CSV for {@code .csv} and {@code .csv.gz}, else PARQUET
   */
  public static TableFormat of(String place) {
    String name = place.toLowerCase(Locale.ROOT).replaceFirst("/+$", "");
    return name.endsWith(".csv") || name.endsWith(".csv.gz") ? CSV : PARQUET;
  }
}
