package org.vaetf.data;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.ConfigException;
import org.vaetf.base.RowShape;

/**
 * A folder of PNG files, {@code 00000.png} and on, in a sub-folder for each label where there are
 * labels.
 */
final class PngFolderWriter implements RowWriter {
  private final Path path;
  private final RowFormat format;
  private final AtomicOutput output;
  private long written;

  PngFolderWriter(Path path, RowFormat format) {
    if (!format.shape().isImage()) {
      throw new ConfigException(
          "shape of the rows to write as images",
          format.shape(),
          "[height, width, 1] or [height, width, 3]; choose another file ending");
    }
    // Committing replaces what is there: never somebody's folder of other things.
    try (Stream<Path> there = Files.isDirectory(path) ? Files.list(path) : Stream.empty()) {
      if (there.findAny().isPresent()) {
        throw new ConfigException(
            "output folder " + path,
            "not empty",
            "a new or empty folder; remove it or name another");
      }
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(path, e);
    }
    this.path = path;
    this.format = format;
    this.output = AtomicOutput.begin(path);
    createFolder(output.temporary());
  }

  @Override
  public void write(Batch batch) {
    int[] labels = format.labelsOf(batch);
    float[] values = batch.samples().requireShape("rows to write", format.shape()).values();
    for (int row = 0; row < batch.samples().rows(); row++) {
      Path folder = output.temporary();
      if (format.labelled()) {
        folder = folder.resolve(Integer.toString(labels[row]));
        createFolder(folder);
      }
      Path file = folder.resolve(String.format(Locale.ROOT, "%05d.png", written));
      BufferedImage image = image(values, row * format.shape().size());
      try {
        ImageIO.write(image, "png", file.toFile());
      } catch (IOException e) {
        throw AtomicOutput.cannotWrite(path, e);
      }
      written++;
    }
  }

  private BufferedImage image(float[] values, int offset) {
    RowShape shape = format.shape();
    int height = shape.dimensions().get(0);
    int width = shape.dimensions().get(1);
    int channels = shape.channels();
    int type = channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
    BufferedImage image = new BufferedImage(width, height, type);
    WritableRaster raster = image.getRaster();
    float white = format.encoding() == DataSet.Encoding.BYTES ? 1 : 255;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int channel = 0; channel < channels; channel++) {
          float value = values[offset + (y * width + x) * channels + channel];
          raster.setSample(x, y, channel, ArrayOutput.greyLevel(value * white) & 0xFF);
        }
      }
    }
    return image;
  }

  private void createFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(path, e);
    }
  }

  @Override
  public void commit() {
    output.commit();
  }

  @Override
  public void close() {
    output.close();
  }
}
