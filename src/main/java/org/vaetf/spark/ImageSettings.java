package org.vaetf.spark;

import java.io.Serializable;
import org.vaetf.base.RowShape;
import org.vaetf.data.ImageFit;
import org.vaetf.data.ReadOptions;

/**
 * How image files become rows.
 *
 * @param height to resize to, 0 to leave it
 * @param width to resize to, 0 to leave it
 * @param channels 1, 3, or 0 for those of the model, or of the first image
 */
record ImageSettings(int height, int width, int channels) implements Serializable {
  static ImageSettings of(ReadOptions read) {
    return new ImageSettings(read.height(), read.width(), read.channels());
  }

  /** To rows of a shape. */
  ImageFit fit(RowShape shape) {
    return new ImageFit(shape, options());
  }

  ReadOptions options() {
    ReadOptions read = ReadOptions.defaults().withChannels(channels);
    return height > 0 ? read.withResize(height, width) : read;
  }
}
