package org.vaetf.events;

import java.util.Optional;
import java.util.stream.IntStream;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.Classes;
import org.vaetf.data.DataSet;

/**
 * Some rows of a data set, evenly spaced: the same ones each time, and some of each class where
 * rows lie class by class.
 *
 * @param data stays the caller's to close
 * @param labels of all its rows, where a model is given them
 * @param count how many rows, at most all
 */
record SpacedRows(DataSet data, Optional<int[]> labels, int count) {

  /**
   * Rows for a model.
   *
   * @param classes of the model; none where it is given no labels
   * @param most rows
   */
  static SpacedRows of(DataSet data, Classes classes, int most) {
    Optional<int[]> labels =
        classes.count() == 0 ? Optional.empty() : Optional.of(classes.labelsOf(data));
    return new SpacedRows(data, labels, Math.min(most, data.rows()));
  }

  /** The number in the data set of one of the rows. */
  int row(int i) {
    return (int) ((long) i * data.rows() / count);
  }

  /** Reads all. */
  Batch read() {
    return read(0, count);
  }

  /** Reads some. */
  Batch read(int from, int to) {
    int size = data.shape().size();
    float[] values = new float[Math.multiplyExact(to - from, size)];
    for (int i = from; i < to; i++) {
      data.read(row(i), values, (i - from) * size);
    }
    return new Batch(
        new Samples(data.shape(), values),
        labels.map(all -> IntStream.range(from, to).map(i -> all[row(i)]).toArray()));
  }
}
