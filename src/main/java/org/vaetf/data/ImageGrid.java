package org.vaetf.data;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.nio.file.Path;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Png;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;

/**
 * Images side by side in one picture, row after row from the top left, grey or colour. Tiny images
 * are enlarged by a whole factor.
 *
 * @param columns images a line, at least 1
 * @param gap pixels between images, 0 or more
 */
public record ImageGrid(int columns, int gap) {
  /** Images smaller than this are enlarged. */
  private static final int LEAST_SIZE = 24;

  private static final int GAP = 2;
  private static final int BACKGROUND = 0x505050;

  /**
   * Checks the numbers.
   *
   * @param columns images a line, at least 1
   * @param gap pixels between images, 0 or more
   * @throws ConfigException if one is too small
   */
  public ImageGrid {
    Check.atLeast("columns", columns, 1);
    Check.atLeast("gap", gap, 0);
  }

  /**
   * A grid with a thin line between images.
   *
   * @param columns images a line, at least 1
   * @return the grid
   */
  public static ImageGrid of(int columns) {
    return new ImageGrid(columns, GAP);
  }

  /**
   * A grid about as wide as it is high.
   *
   * @param count how many images there will be
   * @return the grid
   */
  public static ImageGrid square(int count) {
    return of(Math.max(1, (int) Math.ceil(Math.sqrt(count))));
  }

  /**
   * Draws images.
   *
   * @param images {@code [rows, height, width, 1 or 3]}, values 0…255; beyond that they are clipped
   * @return the picture
   * @throws ConfigException if the rows are no images, or there is none
   */
  public BufferedImage draw(Samples images) {
    RowShape shape = requireImage(images.shape());
    int rows = Check.atLeast("number of images", images.rows(), 1);
    int height = shape.dimensions().get(0);
    int width = shape.dimensions().get(1);
    int factor = Math.max(1, (LEAST_SIZE + height - 1) / Math.max(height, width));
    int lines = (rows + columns - 1) / columns;
    int across = Math.min(columns, rows);
    BufferedImage picture =
        new BufferedImage(
            across * (width * factor + gap) - gap,
            lines * (height * factor + gap) - gap,
            shape.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = picture.createGraphics();
    canvas.setColor(new Color(BACKGROUND));
    canvas.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    canvas.dispose();
    WritableRaster raster = picture.getRaster();
    for (int row = 0; row < rows; row++) {
      int left = row % columns * (width * factor + gap);
      int top = row / columns * (height * factor + gap);
      paint(raster, left, top, factor, images, row);
    }
    return picture;
  }

  private static void paint(
      WritableRaster raster, int left, int top, int factor, Samples images, int row) {
    int height = images.shape().dimensions().get(0);
    int width = images.shape().dimensions().get(1);
    int channels = images.shape().channels();
    int[] line = new int[width * factor];
    for (int channel = 0; channel < channels; channel++) {
      for (int y = 0; y < height; y++) {
        int first = row * images.shape().size() + y * width * channels + channel;
        for (int x = 0; x < line.length; x++) {
          float value = images.values()[first + x / factor * channels];
          line[x] = Math.round(Math.max(0, Math.min(255, value)));
        }
        // A line at once: pixel by pixel takes several times as long.
        for (int dy = 0; dy < factor; dy++) {
          raster.setSamples(left, top + y * factor + dy, line.length, 1, channel, line);
        }
      }
    }
  }

  /**
   * Writes a picture of images, whole or not at all.
   *
   * @param file PNG
   * @param images as for {@link #draw}
   * @throws ConfigException if the rows are no images, or there is none
   * @throws org.vaetf.base.VaeException if the file cannot be written
   */
  public void write(Path file, Samples images) {
    Png.write(file, draw(images));
  }

  /**
   * Refuses rows that are no images.
   *
   * @param shape of a row
   * @return the shape
   * @throws ConfigException if it is not {@code [height, width, 1]} or {@code [height, width, 3]}
   */
  public static RowShape requireImage(RowShape shape) {
    if (!shape.isImage()) {
      throw new ConfigException(
          "row shape of a picture", shape, "[height, width, 1] or [height, width, 3]");
    }
    return shape;
  }
}
