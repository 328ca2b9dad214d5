package org.vaetf.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is what is read. */
class PngTest {
  @TempDir Path folder;

  @Test
  void bytesAndFileHoldEveryPixel() throws IOException {
    BufferedImage picture = new BufferedImage(5, 3, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 3; y++) {
      for (int x = 0; x < 5; x++) {
        picture.setRGB(x, y, 0x102030 * x + 0x5 * y);
      }
    }
    byte[] bytes = Png.bytes(picture);
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(bytes));
    for (int y = 0; y < 3; y++) {
      for (int x = 0; x < 5; x++) {
        assertEquals(picture.getRGB(x, y), read.getRGB(x, y), x + ", " + y);
      }
    }
    Path file = folder.resolve("picture.png");
    Png.write(file, picture);
    assertArrayEquals(bytes, Files.readAllBytes(file));
  }
}
