package org.vaetf.base;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures as PNG: the same picture gives the same bytes. */
public final class Png {
  private static final String FORMAT = "png";

  private Png() {}

  /**
   * A picture in memory.
   *
   * @param picture any
   * @return the file's bytes
   */
  public static byte[] bytes(BufferedImage picture) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // Left to itself, ImageIO goes through a temporary file that it has deleted when the process
    // ends, and fails where that has begun: a run that is interrupted still writes its last events.
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(picture, FORMAT, out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Writes a picture, whole or not at all.
   *
   * @param file to write or replace
   * @param picture any
   * @throws OutputException if the file cannot be written
   */
  public static void write(Path file, BufferedImage picture) {
    AtomicOutput.write(file, place -> ImageIO.write(picture, FORMAT, place.toFile()));
  }
}
