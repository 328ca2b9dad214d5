package org.vaetf.report;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import org.vaetf.base.Png;

/**
 * A picture and what it is called.
 *
 * @param name a file's, without its ending
 * @param image the picture
 */
public record NamedPicture(String name, BufferedImage image) implements DrawnPlot {
  @Override
  public String ending() {
    return ".png";
  }

  @Override
  public void write(Path file) {
    Png.write(file, image);
  }
}
