package org.vaetf.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.ConfigException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;

/**
 * An array file as it grows: rows are appended, and the header is written again with their count at
 * the end. Big-endian for IDX and little-endian for NPY. Owns its channel, not the file.
 */
final class ArrayOutput implements AutoCloseable {
  private static final int CHUNK_BYTES = 1 << 16;

  /** Makes a header; its length must not depend on the count. */
  @FunctionalInterface
  interface Header {
    byte[] write(ElementType type, long rows, RowShape shape);
  }

  private final Path target;
  private final Header header;
  private final ElementType type;
  private final RowShape shape;
  private final FileChannel channel;
  private final ByteBuffer chunk;
  private long rows;

  /**
   * Begins a file.
   *
   * @param path where to write; must not exist
   * @param target the file's later name, for messages
   * @param type U8, F32 or I32
   */
  ArrayOutput(Path path, Path target, Header header, ElementType type, RowShape shape) {
    this.target = target;
    this.header = header;
    this.type = type;
    this.shape = shape;
    byte[] first = header.write(type, 0, shape);
    ByteOrder order = first[0] == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    this.chunk = ByteBuffer.allocate(CHUNK_BYTES).order(order).put(first);
    try {
      this.channel =
          FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(target, e);
    }
  }

  long rows() {
    return rows;
  }

  void write(Samples samples) {
    samples.requireShape("rows to write", shape);
    try {
      for (float value : samples.values()) {
        put(value);
      }
      rows += samples.rows();
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(target, e);
    }
  }

  void write(int[] labels) {
    try {
      for (int label : labels) {
        if (type == ElementType.U8 && (label < 0 || label > 255)) {
          throw new ConfigException("label", label, "0 to 255, as this format stores labels");
        }
        put(label);
      }
      rows += labels.length;
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(target, e);
    }
  }

  private void put(double value) throws IOException {
    if (chunk.remaining() < type.bytes()) {
      flush();
    }
    switch (type) {
      case U8 -> chunk.put(greyLevel(value));
      case I32 -> chunk.putInt((int) value);
      case F32 -> chunk.putFloat((float) value);
      default -> throw new IllegalStateException("not written: " + type);
    }
  }

  /** Rounded, and clamped to 0…255: a model's draws go a little beyond white and black. */
  static byte greyLevel(double value) {
    return (byte) Math.max(0, Math.min(255, Math.round(value)));
  }

  /** Completes the header. */
  void finish() {
    try {
      flush();
      channel.position(0);
      drain(ByteBuffer.wrap(header.write(type, rows, shape)));
      channel.close();
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(target, e);
    }
  }

  private void flush() throws IOException {
    drain(chunk.flip());
    chunk.clear();
  }

  private void drain(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Only what was not finished is closed here, and that is thrown away.
    }
  }
}
