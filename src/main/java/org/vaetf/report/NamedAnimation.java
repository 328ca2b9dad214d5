package org.vaetf.report;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import org.vaetf.plot.AnimatedGif;

/**
 * Pictures that follow each other, and what they are called.
 *
 * @param name a file's, without its ending
 * @param timing how long each stays
 * @param frames in their order; may be drawn only when they are asked for
 */
public record NamedAnimation(String name, AnimatedGif timing, Iterable<BufferedImage> frames)
    implements DrawnPlot {
  @Override
  public String ending() {
    return ".gif";
  }

  @Override
  public void write(Path file) {
    timing.write(file, frames);
  }
}
