package org.vaetf.cli;

import java.util.Optional;
import org.vaetf.data.Batch;
import org.vaetf.data.RowWriter;

/**
 * Leaves labels out for a format that has no room for them.
 *
 * @param writer of rows without labels
 */
record UnlabelledWriter(RowWriter writer) implements RowWriter {

  @Override
  public void write(Batch batch) {
    writer.write(new Batch(batch.samples(), Optional.empty()));
  }

  @Override
  public void commit() {
    writer.commit();
  }

  @Override
  public void close() {
    writer.close();
  }
}
