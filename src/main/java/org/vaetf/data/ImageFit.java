package org.vaetf.data;

import org.vaetf.base.DataException;
import org.vaetf.base.RowShape;

/**
 * Brings images to the shape that all rows have: resized and turned grey or to colour where that is
 * asked for, else refused if they are of another.
 *
 * @param shape {@code [height, width, channels]}
 * @param options what was asked for
 */
public record ImageFit(RowShape shape, ReadOptions options) {

  /**
   * For images as a first one, but for what was asked for.
   *
   * @param source the file, for messages
   * @param first PNG or JPEG
   * @param options what was asked for
   * @return the fit, whose shape the first image has then
   * @throws DataException if it is no image
   */
  public static ImageFit as(Object source, byte[] first, ReadOptions options) {
    return as(ImageDecoder.decode(source, first), options);
  }

  static ImageFit as(Image first, ReadOptions options) {
    boolean resize = options.height() > 0;
    RowShape shape =
        RowShape.image(
            resize ? options.height() : first.height(),
            resize ? options.width() : first.width(),
            options.channels() > 0 ? options.channels() : first.channels());
    return new ImageFit(shape, options);
  }

  /**
   * Reads an image.
   *
   * @param source the file, for messages
   * @param bytes PNG or JPEG
   * @return a row of the shape, values 0…255
   * @throws DataException if it is no image, or does not fit
   */
  public float[] read(Object source, byte[] bytes) {
    return values(source, ImageDecoder.decode(source, bytes));
  }

  /** The values of an image, as a row. */
  float[] values(Object source, Image found) {
    Image image = found;
    if (shape.channels() == 1 && options.channels() == 0 && !image.isGrey()) {
      throw new DataException(
          source, "is in colour; expected grey, as the first image is; choose channels 1 or 3");
    }
    if (options.height() > 0) {
      image = image.resize(options.height(), options.width());
    }
    int height = shape.dimensions().get(0);
    int width = shape.dimensions().get(1);
    if (image.height() != height || image.width() != width) {
      throw new DataException(
          source,
          "is of "
              + image.height()
              + "x"
              + image.width()
              + " pixels; expected "
              + height
              + "x"
              + width
              + ", as the first image is; resize all with resize="
              + height
              + "x"
              + width);
    }
    return image.withChannels(shape.channels()).values();
  }
}
