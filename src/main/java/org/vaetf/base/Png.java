package org.vaetf.base;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures as PNG: the same picture gives the same bytes. */
public final class Png {
  /** A file may claim more than memory holds. */
  private static final int MOST_PIXELS = 1 << 26;

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
   * Reads a picture, grey levels as they are stored.
   *
   * @param file PNG
   * @return the picture
   * @throws DataException if the file is no PNG that can be read, or has more than 2^26 pixels
   */
  public static BufferedImage read(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
    ImageReader reader = ImageIO.getImageReadersByFormatName(FORMAT).next();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(in, true, true);
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      if (pixels > MOST_PIXELS) {
        throw new DataException(
            file, "claims " + pixels + " pixels; expected at most " + MOST_PIXELS);
      }
      return reader.read(0);
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // The JDK's decoder answers damage with any of these.
      throw new DataException(
          file, "is a damaged PNG (" + e.getMessage() + "); replace or remove it", e);
    } finally {
      reader.dispose();
    }
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
