package org.vaetf.events;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.DataSet;
import org.vaetf.data.GreyLevels;
import org.vaetf.data.ImageGrid;

/**
 * Thumbnails of images, line by line in a square picture, of which TensorBoard's projector cuts out
 * one for each point. It shows pictures of at most 8192 pixels a side; here they have 4096 at most,
 * and thumbnails are smaller than the images where they would not fit.
 */
final class Sprite {
  private static final int MOST_SIDE = 4096;
  private static final ImageGrid ONE = new ImageGrid(1, 0);

  private final int columns;
  private final DataSet.Encoding encoding;
  private final int width;
  private final int height;
  private final BufferedImage picture;
  private int drawn;

  /**
   * A black picture.
   *
   * @param shape of an image
   * @param encoding of its values
   * @param count how many there will be, at least 1
   */
  Sprite(RowShape shape, DataSet.Encoding encoding, int count) {
    this.columns = (int) Math.ceil(Math.sqrt(count));
    this.encoding = encoding;
    BufferedImage image = ONE.draw(new Samples(shape, new float[shape.size()]));
    int cell = MOST_SIDE / columns;
    double scale = Math.min(1, cell / (double) Math.max(image.getWidth(), image.getHeight()));
    this.width = Math.max(1, (int) (image.getWidth() * scale));
    this.height = Math.max(1, (int) (image.getHeight() * scale));
    this.picture = new BufferedImage(columns * width, columns * height, image.getType());
  }

  /** Pixels of a thumbnail across. */
  int width() {
    return width;
  }

  /** Pixels of a thumbnail down. */
  int height() {
    return height;
  }

  /** The picture so far. */
  BufferedImage picture() {
    return picture;
  }

  /**
   * Draws the next thumbnails.
   *
   * @param images values as stored, {@code [rows, height, width, 1 or 3]}
   */
  void draw(Samples images) {
    Samples levels = GreyLevels.of(images, encoding);
    Graphics2D canvas = picture.createGraphics();
    canvas.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    for (int row = 0; row < images.rows(); row++) {
      BufferedImage image = ONE.draw(levels.slice(row, row + 1));
      int left = drawn % columns * width;
      int top = drawn / columns * height;
      if (image.getWidth() == width && image.getHeight() == height) {
        picture.getRaster().setRect(left, top, image.getRaster());
      } else {
        canvas.drawImage(image, left, top, width, height, null);
      }
      drawn++;
    }
    canvas.dispose();
  }
}
