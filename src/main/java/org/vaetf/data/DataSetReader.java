package org.vaetf.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.vaetf.base.Check;
import org.vaetf.base.RowShape;

/** The rows of a data set in order. Closing it closes the data set. */
final class DataSetReader implements RowReader {
  private final DataSet data;
  private final Optional<int[]> labels;
  private final Runnable closing;
  private int row;

  DataSetReader(DataSet data) {
    this(data, data::close);
  }

  /** Closing it runs something else instead. */
  DataSetReader(DataSet data, Runnable closing) {
    this.data = data;
    this.closing = closing;
    this.labels = data.labels();
  }

  @Override
  public RowShape shape() {
    return data.shape();
  }

  @Override
  public DataSet.Encoding encoding() {
    return data.encoding();
  }

  @Override
  public long rows() {
    return data.rows();
  }

  @Override
  public List<String> classes() {
    return data.classes();
  }

  @Override
  public Optional<Batch> next(int most) {
    int from = row;
    int to = (int) Math.min(data.rows(), (long) from + Check.atLeast("number of rows", most, 1));
    if (from == to) {
      return Optional.empty();
    }
    row = to;
    return Optional.of(
        new Batch(data.slice(from, to), labels.map(all -> Arrays.copyOfRange(all, from, to))));
  }

  @Override
  public void close() {
    closing.run();
  }
}
