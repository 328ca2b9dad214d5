package org.vaetf.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.ConfigException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.DataSet;
import org.vaetf.data.GreyLevels;
import org.vaetf.data.RowFormat;
import org.vaetf.data.Scaling;

class ImageGridTest {
  @TempDir Path folder;

  private static Samples grey(int rows, int size, float value) {
    float[] values = new float[rows * size * size];
    Arrays.fill(values, value);
    return new Samples(RowShape.image(size, size, 1), values);
  }

  @Test
  void imagesLieLineByLineWithGaps() {
    Samples images = grey(3, 30, 0);
    Arrays.fill(images.values(), 900, 1800, 100);
    Arrays.fill(images.values(), 1800, 2700, 300);
    BufferedImage picture = ImageGrid.of(2).draw(images);
    assertEquals(62, picture.getWidth());
    assertEquals(62, picture.getHeight());
    assertEquals(0, picture.getRaster().getSample(29, 29, 0));
    assertEquals(100, picture.getRaster().getSample(32, 0, 0));
    assertEquals(255, picture.getRaster().getSample(0, 32, 0));
    assertTrue(picture.getRaster().getSample(30, 0, 0) > 0);
  }

  @Test
  void tinyImagesAreEnlargedByAWholeFactor() {
    Samples image = new Samples(RowShape.image(2, 3, 1), new float[] {0, 50, 100, 150, 200, 250});
    BufferedImage picture = new ImageGrid(1, 0).draw(image);
    assertEquals(24, picture.getWidth());
    assertEquals(16, picture.getHeight());
    assertEquals(100, picture.getRaster().getSample(23, 7, 0));
    assertEquals(150, picture.getRaster().getSample(0, 8, 0));
  }

  @Test
  void coloursStayInTheirOrder() {
    float[] values = new float[24 * 24 * 3];
    for (int i = 0; i < values.length; i += 3) {
      values[i] = 10;
      values[i + 1] = 20;
      values[i + 2] = 30;
    }
    BufferedImage picture =
        new ImageGrid(1, 0).draw(new Samples(RowShape.image(24, 24, 3), values));
    assertEquals(0xFF0A141E, picture.getRGB(5, 5));
  }

  @Test
  void whatIsNoImageIsNotDrawn() {
    Samples flat = new Samples(RowShape.of(4), new float[4]);
    assertThrows(ConfigException.class, () -> ImageGrid.of(1).draw(flat));
    assertThrows(ConfigException.class, () -> ImageGrid.of(1).draw(grey(0, 8, 0)));
    assertThrows(ConfigException.class, () -> ImageGrid.of(0));
    assertFalse(Files.exists(folder.resolve("x.png")));
  }

  @Test
  void aWriterOfRealsTakesOneForWhite() throws IOException {
    Path file = folder.resolve("x.png");
    RowFormat format = RowFormat.of(RowShape.image(24, 24, 1), DataSet.Encoding.REALS);
    try (GridWriter writer = new GridWriter(file, format, ImageGrid.square(2))) {
      writer.write(new Batch(grey(1, 24, 1), Optional.empty()));
      writer.write(new Batch(grey(1, 24, 0.5f), Optional.empty()));
      assertFalse(Files.exists(file));
      writer.commit();
    }
    BufferedImage picture = ImageIO.read(file.toFile());
    assertEquals(255, picture.getRaster().getSample(0, 0, 0));
    assertEquals(128, picture.getRaster().getSample(26, 0, 0));
  }

  @Test
  void pairsAlternateLineByLine() {
    Samples pairs = ReconstructionPairs.arrange(grey(17, 1, 1), grey(17, 1, 2));
    assertEquals(64, pairs.rows());
    float[] expected = new float[64];
    Arrays.fill(expected, 0, 16, 1);
    Arrays.fill(expected, 16, 32, 2);
    expected[32] = 1;
    expected[48] = 2;
    assertArrayEquals(expected, pairs.values());
  }

  @Test
  void theScalingTellsHowValuesWereStored() {
    assertEquals(DataSet.Encoding.BYTES, GreyLevels.encoding(Scaling.unit()));
    assertEquals(DataSet.Encoding.REALS, GreyLevels.encoding(Scaling.none()));
    assertEquals(
        DataSet.Encoding.BYTES,
        GreyLevels.encoding(
            new Scaling(Scaling.Kind.STANDARDIZE, new float[] {33}, new float[] {78})));
    assertEquals(
        DataSet.Encoding.REALS,
        GreyLevels.encoding(
            new Scaling(Scaling.Kind.STANDARDIZE, new float[] {0.5f}, new float[] {0.5f})));
  }
}
