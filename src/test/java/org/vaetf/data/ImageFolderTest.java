package org.vaetf.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.RowShape;
import org.vaetf.testing.OneLine;

class ImageFolderTest {
  @TempDir Path folder;

  private static BufferedImage grey(int height, int width, int level) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.getRaster().setSample(x, y, 0, level + x + 10 * y);
      }
    }
    return image;
  }

  private static BufferedImage colour(int height, int width, Color colour) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < height * width; i++) {
      image.setRGB(i % width, i / width, colour.getRGB());
    }
    return image;
  }

  private Path save(String name, BufferedImage image) {
    try {
      Path path = folder.resolve(name);
      Files.createDirectories(path.getParent());
      String format = name.substring(name.lastIndexOf('.') + 1);
      assertTrue(ImageIO.write(image, format.equals("jpeg") ? "jpg" : format, path.toFile()));
      return path;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Batch read(ReadOptions options) {
    return Golden.readAll(folder, options);
  }

  private Batch read() {
    return read(ReadOptions.defaults());
  }

  @Test
  void greyLevelsAreThoseOfTheFile() {
    save("2.png", grey(2, 3, 50));
    save("10.png", grey(2, 3, 100));
    Batch batch = read();
    assertEquals(RowShape.image(2, 3, 1), batch.samples().shape());
    assertArrayEquals(new float[] {50, 51, 52, 60, 61, 62}, batch.samples().row(0));
    assertArrayEquals(new float[] {100, 101, 102, 110, 111, 112}, batch.samples().row(1));
    assertTrue(batch.labels().isEmpty());
  }

  @Test
  void subFoldersAreClasses() throws IOException {
    save("rose/a.png", grey(2, 2, 1));
    save("iris/b.png", grey(2, 2, 2));
    save("iris/a.png", grey(2, 2, 3));
    Files.writeString(folder.resolve(".DS_Store"), "x");
    Files.writeString(folder.resolve("rose/.hidden"), "x");
    try (DataSet data = Formats.open(folder, ReadOptions.defaults())) {
      assertArrayEquals(new int[] {0, 0, 1}, data.labels().orElseThrow());
      assertEquals(List.of("iris", "rose"), data.classes());
      assertEquals(3, data.slice(0, 1).values()[0]);
    }
    Files.writeString(folder.resolve("notes.txt"), "x");
    OneLine.ofData(this::read, "notes.txt: lies beside sub-folders");
  }

  @Test
  void subFoldersWithNumbersAreTheirLabels() {
    save("10/a.png", grey(2, 2, 1));
    save("9/a.png", grey(2, 2, 2));
    assertArrayEquals(new int[] {9, 10}, read().labels().orElseThrow());
  }

  @Test
  void theFirstImageDecidesTheChannels() {
    save("a.png", colour(2, 2, new Color(10, 20, 30)));
    save("b.png", grey(2, 2, 7));
    Batch batch = read();
    assertEquals(RowShape.image(2, 2, 3), batch.samples().shape());
    assertArrayEquals(
        new float[] {10, 20, 30, 10, 20, 30, 10, 20, 30, 10, 20, 30}, batch.samples().row(0));
    assertArrayEquals(
        new float[] {7, 7, 7, 8, 8, 8, 17, 17, 17, 18, 18, 18}, batch.samples().row(1));
    Batch grey = read(ReadOptions.defaults().withChannels(1));
    assertEquals(Math.round(0.299f * 10 + 0.587f * 20 + 0.114f * 30), grey.samples().row(0)[0]);
    save("0.png", grey(2, 2, 7));
    OneLine.ofData(this::read, "a.png: is in colour; expected grey");
  }

  @Test
  void palettesAndAlphaAndSixteenBitsAndJpegAreRead() {
    byte[] levels = {0, 100, (byte) 200, (byte) 255};
    BufferedImage palette =
        new BufferedImage(
            2,
            2,
            BufferedImage.TYPE_BYTE_BINARY,
            new IndexColorModel(2, 4, levels, levels, levels));
    for (int i = 0; i < 4; i++) {
      palette.getRaster().setSample(i % 2, i / 2, 0, i);
    }
    save("a.png", palette);
    assertArrayEquals(new float[] {0, 100, 200, 255}, read().samples().row(0));
    BufferedImage alpha = new BufferedImage(2, 2, BufferedImage.TYPE_INT_ARGB);
    alpha.setRGB(0, 0, 0x80C8C8C8);
    save("b.png", alpha);
    assertEquals(200, read().samples().row(1)[0]);
    BufferedImage deep = new BufferedImage(2, 2, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(1, 0, 0, 0xFFFF);
    deep.getRaster().setSample(0, 0, 0, 0x8080);
    save("c.png", deep);
    assertArrayEquals(new float[] {128, 255, 0, 0}, read().samples().row(2));
    BufferedImage flat = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
    Arrays.stream(new int[] {0, 1, 2, 3})
        .forEach(i -> flat.getRaster().setSample(i % 2, i / 2, 0, 90));
    save("d.jpg", flat);
    save("e.jpeg", flat);
    assertEquals(90, read().samples().row(3)[0], 1);
    BufferedImage painted = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_INDEXED);
    painted.setRGB(0, 0, 0xFFFF0000);
    save("A.png", painted);
    assertArrayEquals(new float[] {255, 0, 0}, Arrays.copyOf(read().samples().row(0), 3));
  }

  @Test
  void sizesMustAgreeOrBeAskedFor() {
    save("a.png", grey(2, 2, 0));
    save("b.png", grey(4, 6, 0));
    OneLine.ofData(this::read, "b.png: is of 4x6 pixels; expected 2x2", "resize=2x2");
    assertEquals(
        RowShape.image(3, 5, 1), read(ReadOptions.defaults().withResize("3x5")).samples().shape());
  }

  @Test
  void shrinkingTakesEveryPixelAndKeepsTheMean() {
    // A chessboard of single pixels: whoever skips pixels gets black or white.
    Image chess = new Image(64, 64, 1);
    Image ramp = new Image(1, 8, 1);
    for (int i = 0; i < 64 * 64; i++) {
      chess.set(i / 64, i % 64, 0, ((i / 64 + i) % 2) * 255);
    }
    for (float value : chess.resize(8, 8).values()) {
      assertEquals(127.5, value, 8);
    }
    for (int x = 0; x < 8; x++) {
      ramp.set(0, x, 0, 10 * x);
    }
    float[] inner = ramp.resize(1, 4).values();
    assertEquals(25, inner[1], 1);
    assertEquals(45, inner[2], 1);
    float[] larger = ramp.resize(2, 16).values();
    assertEquals(32.5, larger[7], 1);
  }

  @Test
  void whatIsNoImageIsNamed() throws IOException {
    OneLine.ofData(this::read, folder, "holds no images");
    save("a.png", grey(2, 2, 0));
    Path odd = folder.resolve("b.txt");
    Files.writeString(odd, "hello");
    OneLine.ofData(this::read, odd, "is not an image");
    Files.move(odd, folder.resolve("b.png"));
    OneLine.ofData(this::read, "b.png: is not an image");
    byte[] whole = Files.readAllBytes(folder.resolve("a.png"));
    for (int length : new int[] {0, 8, 20, whole.length / 2}) {
      Files.write(folder.resolve("b.png"), Arrays.copyOf(whole, length));
      OneLine.ofData(this::read, "b.png");
    }
    Files.delete(folder.resolve("b.png"));
    Files.createDirectories(folder.resolve("c/d"));
    Files.delete(folder.resolve("a.png"));
    OneLine.ofData(this::read, "is a folder in a class's folder");
  }

  @Test
  void aHeaderCannotClaimMorePixelsThanItsFile() throws IOException {
    byte[] png = Files.readAllBytes(save("a.png", grey(2, 2, 0)));
    ByteBuffer buffer = ByteBuffer.wrap(png).putInt(16, 30_000).putInt(20, 30_000);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    buffer.putInt(29, (int) crc.getValue());
    Files.write(folder.resolve("a.png"), png);
    OneLine.ofData(this::read, "a.png: claims 30000x30000 pixels");
  }

  @Test
  void oneImageIsOneRow() {
    Path file = save("a.png", grey(2, 2, 5));
    assertEquals(1, Golden.readAll(file).samples().rows());
  }

  @Test
  void anOccupiedFolderIsNotReplaced() {
    save("a.png", grey(2, 2, 5));
    RowFormat format = RowFormat.of(RowShape.image(2, 2, 1), DataSet.Encoding.BYTES);
    OneLine.ofConfig(() -> Formats.writer(folder, format), "not empty");
    OneLine.ofConfig(
        () ->
            Formats.writer(
                folder.resolve("new"), RowFormat.of(RowShape.of(4), DataSet.Encoding.BYTES)),
        "[height, width, 1]");
  }

  @Test
  void optionsAreChecked() {
    ReadOptions options = ReadOptions.defaults();
    OneLine.ofConfig(() -> options.withResize("28"), "'28'", "28x28");
    OneLine.ofConfig(() -> options.withResize(28, 0), "28x0");
    OneLine.ofConfig(() -> options.withChannels(2), "channels is 2");
    assertEquals(
        options.withResize("8x9").withLabelColumn("y"),
        org.vaetf.base.Json.read(
            "text",
            org.vaetf.base.Json.write(options.withLabelColumn("y").withResize(8, 9)),
            ReadOptions.class));
  }
}
