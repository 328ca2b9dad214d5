package org.vaetf.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.vaetf.base.DataException;

/**
 * Pixels of PNG and JPEG files: values of 0…255 as stored, without colour management (which would
 * change grey levels); transparency is dropped.
 */
final class ImageDecoder {
  private static final long LARGEST_FILE_BYTES = 256L << 20;

  /**
   * What the best compression makes of a byte; a header claiming more lies. PNG deflates eight
   * pixels of one colour to a 1032nd of a byte, JPEG needs a bit for each 8 x 8 of them.
   */
  private static final Map<String, Long> MOST_PIXELS_A_BYTE =
      Map.of("png", 8 * 1032L, "jpeg", 8 * 64L);

  /** Pixels are held as floats: this many take a gigabyte. */
  private static final long MOST_PIXELS = 1 << 26;

  private ImageDecoder() {}

  /**
   * Reads a picture.
   *
   * @throws DataException if the file is no picture that can be read
   */
  static Image decode(Path path) {
    byte[] bytes;
    try {
      if (Files.size(path) > LARGEST_FILE_BYTES) {
        throw new DataException(path, "is larger than 256 MiB; expected a PNG or JPEG image");
      }
      bytes = Files.readAllBytes(path);
    } catch (IOException e) {
      throw DataException.unreadable(path, e);
    }
    return decode(path, bytes);
  }

  /**
   * Reads a picture.
   *
   * @param path its file, for messages
   * @throws DataException if the bytes are no picture that can be read
   */
  static Image decode(Object path, byte[] bytes) {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      ImageReader reader = readerOf(path, in);
      try {
        reader.setInput(in, true, true);
        requirePlausible(path, bytes.length, reader);
        JpegScans.requireFew(path, bytes);
        return pixels(reader.read(0));
      } finally {
        reader.dispose();
      }
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // The JDK's decoders answer damage with any of these.
      throw new DataException(
          path,
          "is a damaged or unsupported image ("
              + e.getMessage()
              + "); expected PNG or JPEG; replace or remove it",
          e);
    }
  }

  /** The JDK reads other formats too, some with fewer checks; a folder of images needs none. */
  private static ImageReader readerOf(Object path, ImageInputStream in) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (MOST_PIXELS_A_BYTE.containsKey(formatOf(reader))) {
        return reader;
      }
      reader.dispose();
    }
    throw new DataException(
        path, "is not an image; expected PNG or JPEG; remove it from the folder");
  }

  private static String formatOf(ImageReader reader) throws IOException {
    return reader.getFormatName().toLowerCase(Locale.ROOT);
  }

  private static void requirePlausible(Object path, long bytes, ImageReader reader)
      throws IOException {
    long width = reader.getWidth(0);
    long height = reader.getHeight(0);
    long pixels = width * height;
    if (pixels > MOST_PIXELS || pixels > bytes * MOST_PIXELS_A_BYTE.get(formatOf(reader))) {
      throw new DataException(
          path,
          "claims "
              + height
              + "x"
              + width
              + " pixels in "
              + bytes
              + " bytes; expected an image of at most 2^26 pixels that its file can hold");
    }
  }

  private static Image pixels(BufferedImage image) {
    ColorModel model = image.getColorModel();
    Raster raster = image.getRaster();
    if (model instanceof IndexColorModel palette) {
      return fromPalette(raster, palette);
    }
    boolean grey = model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    if (!grey && model.getColorSpace().getType() != ColorSpace.TYPE_RGB) {
      throw new IllegalArgumentException("neither grey nor RGB");
    }
    int channels = grey ? 1 : 3;
    Image result = new Image(image.getHeight(), image.getWidth(), channels);
    float[] row = new float[image.getWidth()];
    for (int channel = 0; channel < channels; channel++) {
      float toByte = 255f / ((1 << model.getComponentSize(channel)) - 1);
      for (int y = 0; y < image.getHeight(); y++) {
        raster.getSamples(0, y, row.length, 1, channel, row);
        for (int x = 0; x < row.length; x++) {
          result.set(y, x, channel, Math.round(row[x] * toByte));
        }
      }
    }
    return result;
  }

  private static Image fromPalette(Raster raster, IndexColorModel palette) {
    boolean grey = true;
    for (int i = 0; i < palette.getMapSize(); i++) {
      grey &= palette.getRed(i) == palette.getGreen(i) && palette.getGreen(i) == palette.getBlue(i);
    }
    Image result = new Image(raster.getHeight(), raster.getWidth(), grey ? 1 : 3);
    for (int y = 0; y < raster.getHeight(); y++) {
      for (int x = 0; x < raster.getWidth(); x++) {
        int index = raster.getSample(x, y, 0);
        result.set(y, x, 0, palette.getRed(index));
        if (!grey) {
          result.set(y, x, 1, palette.getGreen(index));
          result.set(y, x, 2, palette.getBlue(index));
        }
      }
    }
    return result;
  }
}
