package org.vaetf.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vaetf.base.DataException;

/**
 * Opens array files as streams that stand after their header, which was checked against the size.
 */
final class ArrayStreams {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Reads a header from the beginning of a stream. */
  @FunctionalInterface
  interface Header {
    ArrayLayout read(Object source, InputStream in);
  }

  private ArrayStreams() {}

  /** An uncompressed file. */
  static ArrayStream file(Path path, Header header) {
    try {
      long size = Files.size(path);
      return begin(
          path,
          new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES),
          header,
          layout -> layout.requireFileSize(path, size));
    } catch (IOException e) {
      throw DataException.unreadable(path, e);
    }
  }

  /** A gzip file. */
  static ArrayStream gzip(Path path, Header header) {
    try {
      return gzip(path, Files.newInputStream(path), Files.size(path), header);
    } catch (IOException e) {
      throw DataException.unreadable(path, e);
    }
  }

  /** A gzip stream of a known size. */
  static ArrayStream gzip(Object source, InputStream compressed, long size, Header header) {
    try {
      return begin(
          source,
          new GzipMembers(compressed, BUFFER_BYTES),
          header,
          layout -> layout.requireCompressedSize(source, size));
    } catch (IOException e) {
      close(compressed);
      throw DataException.unreadable(source, e);
    }
  }

  /** Any stream; it is closed where the header or its check fails. */
  static ArrayStream begin(
      Object source,
      InputStream in,
      Header header,
      java.util.function.Consumer<ArrayLayout> check) {
    try {
      ArrayLayout layout = header.read(source, in);
      check.accept(layout);
      return new ArrayStream(source, in, layout);
    } catch (RuntimeException e) {
      close(in);
      throw e;
    }
  }

  private static void close(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      // The failure that brought us here is the one to report.
    }
  }
}
