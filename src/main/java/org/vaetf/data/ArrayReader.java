package org.vaetf.data;

import java.util.Optional;
import org.vaetf.base.Check;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;

/** Rows in order from an array, and labels from a second one beside it. */
final class ArrayReader implements RowReader {
  private final ArrayStream values;
  private final Optional<ArrayStream> labels;
  private final Runnable afterwards;

  /**
   * Takes over open arrays.
   *
   * @param labels checked to be one for each row
   * @param afterwards closes what the streams came out of
   */
  ArrayReader(ArrayStream values, Optional<ArrayStream> labels, Runnable afterwards) {
    this.values = values;
    this.labels = labels;
    this.afterwards = afterwards;
  }

  @Override
  public RowShape shape() {
    return values.layout().rowShape();
  }

  @Override
  public DataSet.Encoding encoding() {
    return values.layout().type().encoding();
  }

  @Override
  public long rows() {
    return values.layout().rows();
  }

  @Override
  public Optional<Batch> next(int most) {
    int rows = (int) Math.min(values.remaining(), Check.atLeast("number of rows", most, 1));
    if (rows == 0) {
      return Optional.empty();
    }
    Samples samples = new Samples(shape(), values.next(rows));
    return Optional.of(new Batch(samples, labels.map(stream -> stream.nextLabels(rows))));
  }

  @Override
  public void close() {
    values.close();
    labels.ifPresent(ArrayStream::close);
    afterwards.run();
  }
}
