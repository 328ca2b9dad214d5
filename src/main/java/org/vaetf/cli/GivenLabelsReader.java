package org.vaetf.cli;

import java.util.List;
import java.util.Optional;
import org.vaetf.base.RowShape;
import org.vaetf.data.Batch;
import org.vaetf.data.DataSet;
import org.vaetf.data.RowReader;

/** Rows with the labels that a conditional model is given. Closing it closes the reader behind. */
final class GivenLabelsReader implements RowReader {
  private final RowReader reader;
  private final GivenLabels labels;
  private final String source;
  private long row;

  GivenLabelsReader(RowReader reader, GivenLabels labels, String source) {
    this.reader = reader;
    this.labels = labels;
    this.source = source;
  }

  @Override
  public RowShape shape() {
    return reader.shape();
  }

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
    return labels.classes().names();
  }

  @Override
  public Optional<Batch> next(int most) {
    return reader.next(most).map(this::labelled);
  }

  private Batch labelled(Batch batch) {
    int count = batch.samples().rows();
    int[] given = labels.of(batch.labels(), reader.classes(), count, source, row);
    row += count;
    return Batch.of(batch.samples(), given);
  }

  @Override
  public void close() {
    reader.close();
  }
}
