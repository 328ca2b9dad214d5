package org.vaetf.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.vaetf.base.DataException;

/** The numbers of one array, in order. Owns its stream. */
final class ArrayStream implements AutoCloseable {
  private static final int CHUNK_BYTES = 1 << 16;

  private final Object source;
  private final InputStream in;
  private final ArrayLayout layout;
  private final int rowSize;
  private final ByteBuffer chunk;
  private long row;

  /**
   * An array after its header.
   *
   * @param in stands at the first number
   */
  ArrayStream(Object source, InputStream in, ArrayLayout layout) {
    this.source = source;
    this.in = in;
    this.layout = layout;
    this.rowSize = layout.rowShape().size();
    this.chunk = ByteBuffer.allocate(CHUNK_BYTES).order(layout.order());
  }

  Object source() {
    return source;
  }

  ArrayLayout layout() {
    return layout;
  }

  long remaining() {
    return layout.rows() - row;
  }

  /**
   * The next rows, whole.
   *
   * @param rows at most {@link #remaining}
   */
  float[] next(int rows) {
    float[] values = new float[Math.multiplyExact(rows, rowSize)];
    try {
      int done = 0;
      while (done < values.length) {
        int count = Math.min(values.length - done, CHUNK_BYTES / layout.type().bytes());
        int bytes = count * layout.type().bytes();
        if (in.readNBytes(chunk.array(), 0, bytes) < bytes) {
          throw new EOFException();
        }
        int bad = layout.type().decode(chunk.clear(), values, done, count);
        if (bad >= 0) {
          throw notFinite(source, row + bad / rowSize, bad % rowSize, values[bad]);
        }
        done += count;
      }
      row += rows;
      // Reading past the last byte makes a decompressor check its checksum.
      if (remaining() == 0 && in.read() >= 0) {
        throw new DataException(
            source,
            "is too long: it goes on after the "
                + layout.rows()
                + " rows that its header announces; copy or download it again");
      }
      return values;
    } catch (EOFException e) {
      throw new DataException(
          source,
          "is cut short: its header announces "
              + layout.rows()
              + " rows, it ends before row "
              + (row + rows)
              + "; copy or download it again",
          e);
    } catch (IOException e) {
      throw DataException.unreadable(source, e);
    }
  }

  /**
   * The next labels of an array of labels.
   *
   * @param rows at most {@link #remaining}
   */
  int[] nextLabels(int rows) {
    long first = row;
    float[] values = next(rows);
    int[] labels = new int[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = (int) values[i];
      if (labels[i] != values[i] || labels[i] < 0) {
        throw new DataException(
            source,
            "has the label "
                + values[i]
                + " in row "
                + (first + i)
                + "; expected whole numbers from 0");
      }
    }
    return labels;
  }

  /** Refuses, and closes, an array that cannot be the labels of so many rows. */
  ArrayStream requireLabels(long rows) {
    if (rowSize != 1 || layout.rows() != rows) {
      close();
      throw new DataException(
          source,
          "holds labels of shape "
              + layout.shapeText()
              + "; expected ("
              + rows
              + "), one for each row");
    }
    return this;
  }

  static DataException notFinite(Object source, long row, int index, float value) {
    return new DataException(
        source,
        "has the value "
            + value
            + " in row "
            + row
            + ", place "
            + index
            + " (both from 0); expected finite numbers of single precision; remove or replace it");
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      // What was read was read.
    }
  }
}
