package org.vaetf.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.ConfigException;

class AnimatedGifTest {
  @TempDir Path folder;

  private static BufferedImage grey(int first) {
    BufferedImage picture = new BufferedImage(16, 8, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 128; i++) {
      picture.getRaster().setSample(i % 16, i / 16, 0, (first + i) % 256);
    }
    return picture;
  }

  private static BufferedImage colour(int colour) {
    BufferedImage picture = new BufferedImage(16, 8, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 128; i++) {
      picture.setRGB(i % 16, i / 16, i % 2 == 0 ? colour : 0xFFFFFF);
    }
    return picture;
  }

  @Test
  void greyFramesComeBackToTheBitWithTheirTimes() throws IOException {
    Path file = folder.resolve("a.gif");
    List<BufferedImage> frames = List.of(grey(0), grey(100), grey(200));
    new AnimatedGif(250, 1990).write(file, frames);
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      reader.setInput(in);
      assertEquals(3, reader.getNumImages(true));
      for (int i = 0; i < 3; i++) {
        BufferedImage read = reader.read(i);
        for (int at = 0; at < 128; at++) {
          int level = frames.get(i).getRaster().getSample(at % 16, at / 16, 0);
          assertEquals(level * 0x010101, read.getRGB(at % 16, at / 16) & 0xFFFFFF, "frame " + i);
        }
        IIOMetadataNode root =
            (IIOMetadataNode) reader.getImageMetadata(i).getAsTree("javax_imageio_gif_image_1.0");
        IIOMetadataNode control =
            (IIOMetadataNode) root.getElementsByTagName("GraphicControlExtension").item(0);
        assertEquals(i < 2 ? "25" : "199", control.getAttribute("delayTime"));
        IIOMetadataNode loop =
            (IIOMetadataNode) root.getElementsByTagName("ApplicationExtension").item(0);
        assertEquals("NETSCAPE", loop.getAttribute("applicationID"));
        assertArrayEquals(new byte[] {1, 0, 0}, (byte[]) loop.getUserObject());
      }
    } finally {
      reader.dispose();
    }
  }

  @Test
  void colourFramesComeBackAndTheBytesAreTheSame() throws IOException {
    List<BufferedImage> frames = List.of(colour(0x0072B2), colour(0xD55E00));
    for (String name : List.of("a.gif", "b.gif")) {
      new AnimatedGif(20).write(folder.resolve(name), frames);
    }
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("a.gif")), Files.readAllBytes(folder.resolve("b.gif")));
    BufferedImage first = ImageIO.read(folder.resolve("a.gif").toFile());
    assertEquals(0x0072B2, first.getRGB(0, 0) & 0xFFFFFF);
    assertEquals(0xFFFFFF, first.getRGB(1, 0) & 0xFFFFFF);
  }

  @Test
  void framesOfOtherSizesAreRefusedAndNothingIsLeft() {
    Path file = folder.resolve("a.gif");
    BufferedImage other = new BufferedImage(15, 8, BufferedImage.TYPE_BYTE_GRAY);
    ConfigException refused =
        assertThrows(
            ConfigException.class, () -> new AnimatedGif(100).write(file, List.of(grey(0), other)));
    assertEquals(
        "size of a frame is 15 × 8; expected 16 × 8, as of the first", refused.getMessage());
    assertThrows(ConfigException.class, () -> new AnimatedGif(100).write(file, List.of()));
    assertThrows(ConfigException.class, () -> new AnimatedGif(10));
    assertThrows(ConfigException.class, () -> new AnimatedGif(100, 10));
    assertFalse(Files.exists(file));
  }
}
