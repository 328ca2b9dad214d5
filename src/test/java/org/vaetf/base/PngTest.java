package org.vaetf.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.testing.OneLine;

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
    assertEquals(picture.getRGB(4, 2), Png.read(file).getRGB(4, 2));
  }

  @Test
  void greyLevelsComeBackAsTheyAre() {
    BufferedImage picture = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    for (int level = 0; level < 256; level++) {
      picture.getRaster().setSample(level % 16, level / 16, 0, level);
    }
    Path file = folder.resolve("picture.png");
    Png.write(file, picture);
    BufferedImage read = Png.read(file);
    assertEquals(BufferedImage.TYPE_BYTE_GRAY, read.getType());
    for (int level = 0; level < 256; level++) {
      assertEquals(level, read.getRaster().getSample(level % 16, level / 16, 0));
    }
  }

  @Test
  void whatIsNoPngIsOneLine() throws IOException {
    Path file = folder.resolve("picture.png");
    OneLine.ofData(() -> Png.read(file), "picture.png: does not exist");
    Files.write(file, new byte[] {1, 2, 3});
    OneLine.ofData(() -> Png.read(file), "picture.png: is a damaged PNG");
    byte[] whole = Png.bytes(new BufferedImage(9, 9, BufferedImage.TYPE_BYTE_GRAY));
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    OneLine.ofData(() -> Png.read(file), "picture.png: is a damaged PNG");
    // The width, behind the signature and the head of the first chunk; its sum is made right.
    ByteBuffer claims = ByteBuffer.wrap(whole.clone()).putInt(16, 1 << 30);
    CRC32 sum = new CRC32();
    sum.update(claims.array(), 12, 17);
    Files.write(file, claims.putInt(29, (int) sum.getValue()).array());
    OneLine.ofData(
        () -> Png.read(file), "picture.png: claims 9663676416 pixels; expected at most 67108864");
  }
}
