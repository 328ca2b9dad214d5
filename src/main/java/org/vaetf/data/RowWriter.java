package org.vaetf.data;

import org.vaetf.base.VaeException;

/**
 * Writes rows in order, a batch at a time, to a file or folder that appears whole at {@link
 * #commit} or not at all. Not for use by several threads. Owns its file: close it; what was not
 * committed is removed.
 */
public interface RowWriter extends AutoCloseable {

  /**
   * Adds rows.
   *
   * @param batch rows of the shape the writer was opened for, with labels where it was opened for
   *     labels
   * @throws VaeException if the disk refuses
   */
  void write(Batch batch);

  /**
   * Finishes the file, syncs it and gives it its name.
   *
   * @throws VaeException if the disk refuses
   */
  void commit();

  /** Removes what was not committed. Idempotent. */
  @Override
  void close();
}
