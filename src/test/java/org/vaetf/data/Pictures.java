package org.vaetf.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Whole pictures, to be broken. */
final class Pictures {
  private Pictures() {}

  /** A dark picture with one bright pixel; a type as of {@link BufferedImage}. */
  static byte[] of(String format, int height, int width, int type) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image(height, width, type), format, bytes)) {
      throw new IllegalArgumentException("the JDK does not write " + format);
    }
    return bytes.toByteArray();
  }

  /** The same as a JPEG of several passes. */
  static byte[] progressive(int height, int width, int type) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      writer.write(null, new IIOImage(image(height, width, type), null, null), how);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static BufferedImage image(int height, int width, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    image.setRGB(width / 2, height / 2, 0x336699);
    return image;
  }
}
