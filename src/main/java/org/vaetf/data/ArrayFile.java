package org.vaetf.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.DataException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;

/**
 * Rows by number from an uncompressed array file of any size, each fetched by a positional read.
 * Not mapped into memory: a file that shrinks meanwhile is then an exception, not a crash.
 */
final class ArrayFile implements DataSet {
  private static final int CHUNK_BYTES = 1 << 16;

  private final String name;
  private final Path path;
  private final FileChannel channel;
  private final ArrayLayout layout;
  private final RowShape shape;
  private final Optional<int[]> labels;
  private final List<String> classes;
  private final boolean temporary;
  private final ThreadLocal<ByteBuffer> chunk;

  /**
   * Opens a file whose header has been read.
   *
   * @param labels one for each row, or empty
   * @param classes the labels' names, or empty
   * @param temporary whether closing deletes the file and its folder
   * @throws DataException if the file cannot be opened, or is not of the size that the header says
   */
  ArrayFile(
      String name,
      Path path,
      ArrayLayout layout,
      Optional<int[]> labels,
      List<String> classes,
      boolean temporary) {
    if (layout.rows() > Integer.MAX_VALUE) {
      throw new DataException(
          path, "holds " + layout.rows() + " rows; expected fewer than 2^31; split the file");
    }
    this.name = name;
    this.path = path;
    this.layout = layout;
    this.shape = layout.rowShape();
    this.labels = labels;
    this.classes = classes;
    this.temporary = temporary;
    int chunkBytes = (int) Math.min(CHUNK_BYTES, layout.rowBytes());
    this.chunk =
        ThreadLocal.withInitial(() -> ByteBuffer.allocate(chunkBytes).order(layout.order()));
    try {
      layout.requireFileSize(path, Files.size(path));
      this.channel = FileChannel.open(path, StandardOpenOption.READ);
    } catch (IOException e) {
      throw DataException.unreadable(path, e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public RowShape shape() {
    return shape;
  }

  @Override
  public int rows() {
    return (int) layout.rows();
  }

  @Override
  public Encoding encoding() {
    return layout.type().encoding();
  }

  @Override
  public Optional<int[]> labels() {
    return labels;
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public void read(int row, float[] into, int offset) {
    Objects.checkIndex(row, rows());
    Objects.checkFromIndexSize(offset, shape.size(), into.length);
    read(row, 1, into, offset, chunk.get());
  }

  @Override
  public void readBytes(int row, byte[] into, int offset) {
    if (encoding() != Encoding.BYTES) {
      DataSet.super.readBytes(row, into, offset);
      return;
    }
    Objects.checkIndex(row, rows());
    fill(
        ByteBuffer.wrap(into, offset, shape.size()).slice(),
        layout.offset() + row * layout.rowBytes());
  }

  @Override
  public Samples slice(int from, int to) {
    Objects.checkFromToIndex(from, to, rows());
    float[] values = new float[Math.multiplyExact(to - from, shape.size())];
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES).order(layout.order());
    read(from, to - from, values, 0, buffer);
    return new Samples(shape, values);
  }

  private void read(int row, int rows, float[] into, int offset, ByteBuffer buffer) {
    int bytes = layout.type().bytes();
    long position = layout.offset() + row * layout.rowBytes();
    int size = rows * shape.size();
    int done = 0;
    while (done < size) {
      int count = Math.min(size - done, buffer.capacity() / bytes);
      fill(buffer.clear().limit(count * bytes), position + (long) done * bytes);
      int bad = layout.type().decode(buffer.flip(), into, offset + done, count);
      if (bad >= 0) {
        int place = bad - offset;
        throw ArrayStream.notFinite(
            path, row + place / shape.size(), place % shape.size(), into[bad]);
      }
      done += count;
    }
  }

  private void fill(ByteBuffer buffer, long position) {
    try {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, position + buffer.position()) < 0) {
          throw new DataException(
              path, "has become shorter since it was opened; do not change data in use");
        }
      }
    } catch (IOException e) {
      throw DataException.unreadable(path, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
      if (temporary) {
        AtomicOutput.deleteTree(path.getParent());
      }
    } catch (IOException | UncheckedIOException e) {
      // Nothing was written: there is nothing to lose.
    }
  }
}
