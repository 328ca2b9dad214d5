package org.vaetf.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;

/** Reads a GIF back. */
final class GifFrames {
  private GifFrames() {}

  /** A frame, and how long it stays. */
  record Frame(BufferedImage image, int hundredths) {}

  static List<Frame> read(Path file) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      reader.setInput(in);
      List<Frame> frames = new ArrayList<>();
      for (int i = 0; i < reader.getNumImages(true); i++) {
        IIOMetadataNode root =
            (IIOMetadataNode) reader.getImageMetadata(i).getAsTree("javax_imageio_gif_image_1.0");
        IIOMetadataNode control =
            (IIOMetadataNode) root.getElementsByTagName("GraphicControlExtension").item(0);
        frames.add(new Frame(reader.read(i), Integer.parseInt(control.getAttribute("delayTime"))));
      }
      return frames;
    } finally {
      reader.dispose();
    }
  }
}
