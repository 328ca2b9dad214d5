package org.vaetf.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A gzip stream, of one member or several joined. The JDK's calls itself for each member without
 * content, so that a file of many ends in a stack overflow: here that is a damaged file.
 */
final class GzipMembers extends GZIPInputStream {
  private static final int MOST_EMPTY = 100;

  private int nested;

  GzipMembers(InputStream compressed, int bufferBytes) throws IOException {
    super(compressed, bufferBytes);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (nested > MOST_EMPTY) {
      throw new ZipException("more than " + MOST_EMPTY + " empty gzip members in a row");
    }
    nested++;
    try {
      return super.read(into, offset, length);
    } finally {
      nested--;
    }
  }
}
