package org.vaetf.export;

import java.util.Arrays;
import java.util.Optional;
import org.vaetf.base.ConfigException;
import org.vaetf.data.Batch;
import org.vaetf.data.Classes;

/**
 * Whether rows have the labels that a model is given, as it takes them: int64, one for each row of
 * a conditional model, none of an unconditional one.
 *
 * @param classes of the model
 */
record LabelCheck(Classes classes) {

  /**
   * The labels of some rows.
   *
   * @throws ConfigException if they are missing or given in vain, too few or too many, or of no
   *     class
   */
  Optional<long[]> of(Batch rows) {
    return of(rows.labels(), rows.samples().rows());
  }

  /**
   * The labels of as many rows.
   *
   * @throws ConfigException as {@link #of(Batch)}
   */
  Optional<long[]> of(Optional<int[]> labels, int rows) {
    boolean needed = classes.count() > 0;
    if (labels.isPresent() != needed) {
      throw new ConfigException(
          "label of each row",
          needed ? "missing" : "given",
          needed
              ? "one: this model is conditional, on " + classes.count() + " classes"
              : "none: this model is not conditional");
    }
    labels.ifPresent(given -> requireLabels(given, rows));
    return labels.map(given -> Arrays.stream(given).asLongStream().toArray());
  }

  private void requireLabels(int[] labels, int rows) {
    if (labels.length != rows) {
      throw new ConfigException("number of labels", labels.length, rows + ", one for each row");
    }
    for (int row = 0; row < rows; row++) {
      if (labels[row] < 0 || labels[row] >= classes.count()) {
        throw new ConfigException(
            "label of row " + row,
            labels[row],
            "a whole number from 0 to " + (classes.count() - 1));
      }
    }
  }
}
