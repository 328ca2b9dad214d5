package org.vaetf.cli;

import java.util.List;
import java.util.Optional;
import org.vaetf.base.RowShape;
import org.vaetf.data.Batch;
import org.vaetf.data.DataSet;
import org.vaetf.data.RowReader;

/**
 * The same rows under another shape of as many values. Closing it closes the reader behind.
 *
 * @param reader gives the rows
 * @param shape to see them in
 */
record ReshapedReader(RowReader reader, RowShape shape) implements RowReader {

  @Override
  public DataSet.Encoding encoding() {
    return reader.encoding();
  }

  @Override
  public long rows() {
    return reader.rows();
  }

  @Override
  public List<String> classes() {
    return reader.classes();
  }

  @Override
  public Optional<Batch> next(int most) {
    return reader
        .next(most)
        .map(batch -> new Batch(batch.samples().reshape(shape), batch.labels()));
  }

  @Override
  public void close() {
    reader.close();
  }
}
