package org.vaetf.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.vaetf.base.DataException;
import org.vaetf.data.Batch;
import org.vaetf.data.Classes;
import org.vaetf.data.DataSet;
import org.vaetf.data.RowReader;
import org.vaetf.export.SavedModelVae;

/**
 * The labels that a conditional model is given with its rows: the one that {@code --label} names,
 * for all, or else the rows' own, in the model's numbers.
 *
 * @param classes of the model; none if it is unconditional
 * @param label for all rows, if one was asked for
 */
record GivenLabels(Classes classes, Optional<Integer> label) {

  /**
   * What the command line says.
   *
   * @throws UsageException if the model has no such class, or no classes at all
   */
  static GivenLabels of(Arguments arguments, SavedModelVae vae) {
    if (arguments.has(CliOption.LABEL) && !vae.isConditional()) {
      throw UsageException.inapplicable(CliOption.LABEL, "this model is not conditional");
    }
    return new GivenLabels(
        vae.classes(),
        arguments
            .text(CliOption.LABEL)
            .map(text -> Arguments.about(CliOption.LABEL, () -> vae.classes().label(text))));
  }

  /** Whether the model is given labels at all. */
  boolean areNeeded() {
    return classes.count() > 0;
  }

  /** What of a batch the model is given. */
  Batch given(Batch batch) {
    return areNeeded() ? batch : Batch.of(batch.samples());
  }

  /** The same rows, with the labels that the model is given; an unconditional one's as they are. */
  RowReader on(RowReader rows, String source) {
    return areNeeded() ? new GivenLabelsReader(rows, this, source) : rows;
  }

  /** The labels of a data set that the model is given; an unconditional one's as they are. */
  Optional<int[]> of(DataSet data) {
    return areNeeded()
        ? Optional.of(of(data.labels(), data.classes(), data.rows(), data.name(), 0))
        : data.labels();
  }

  /** What the labels are called. */
  List<String> names(DataSet data) {
    return areNeeded() ? classes.names() : data.classes();
  }

  /**
   * The labels of some rows.
   *
   * @param own those that their source gives them
   * @param names that the source gives its own labels
   * @param count of the rows
   * @param source for messages
   * @param first number of the first of them, for messages
   */
  int[] of(Optional<int[]> own, List<String> names, int count, String source, long first) {
    if (label.isPresent()) {
      return forEach(count);
    }
    int[] labels =
        own.orElseThrow(
            () ->
                new DataException(
                    source,
                    "holds rows without labels; expected one for each, as this model is"
                        + " conditional; give --label for all rows, or name a table's column with"
                        + " --label-column"));
    return classes.translate(source, names, labels, first);
  }

  /**
   * The label that was asked for, for rows that have none of their own.
   *
   * @throws UsageException if none was asked for
   */
  int[] forEach(int count) {
    int[] labels = new int[count];
    Arrays.fill(
        labels,
        label.orElseThrow(
            () ->
                new UsageException(
                    "--label is missing: this model is conditional; expected " + classes.known())));
    return labels;
  }
}
