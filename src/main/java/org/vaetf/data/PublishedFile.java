package org.vaetf.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.zip.GZIPInputStream;
import org.vaetf.base.DataException;
import org.vaetf.base.Sha256;

/**
 * A file that is the same everywhere.
 *
 * @param name without {@code .gz}
 * @param bytes its size
 * @param sha256 of its bytes, in hexadecimal digits
 */
record PublishedFile(String name, long bytes, String sha256) {

  /** Whether a file is this one. */
  boolean isSound(Path file) throws IOException {
    if (Files.size(file) != bytes) {
      return false;
    }
    try (DigestInputStream in = digesting(Files.newInputStream(file))) {
      in.transferTo(OutputStream.nullOutputStream());
      return hex(in).equals(sha256);
    }
  }

  /**
   * Unpacks a gzip stream; no more than the file's own size is written, whatever comes.
   *
   * @param compressed is closed
   * @param place a file to make
   * @throws DataException if it is not this file
   */
  void unpack(InputStream compressed, Path place) {
    try (compressed;
        DigestInputStream in = digesting(new GZIPInputStream(compressed));
        OutputStream out = Files.newOutputStream(place)) {
      byte[] buffer = new byte[1 << 16];
      long left = bytes;
      int count = in.read(buffer);
      while (count >= 0 && count <= left) {
        out.write(buffer, 0, count);
        left -= count;
        count = in.read(buffer);
      }
      if (count >= 0 || left > 0 || !hex(in).equals(sha256)) {
        throw new DataException(name, "comes damaged: its SHA-256 is not " + sha256);
      }
    } catch (IOException e) {
      throw DataException.unreadable(name, e);
    }
  }

  private static DigestInputStream digesting(InputStream in) {
    return new DigestInputStream(in, Sha256.begin());
  }

  private static String hex(DigestInputStream in) {
    return Sha256.hex(in.getMessageDigest());
  }
}
