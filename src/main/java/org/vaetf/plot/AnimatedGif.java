package org.vaetf.plot;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.w3c.dom.NodeList;

/**
 * Frames that follow each other for ever. Frames of at most 256 colours, all grey ones among them,
 * are kept to the bit; Java chooses the colours of others.
 *
 * @param delayMilliseconds from one frame to the next, 20 or more: browsers slow down what is
 *     faster; rounded to hundredths of a second
 */
public record AnimatedGif(int delayMilliseconds) {
  private static final int LEAST_DELAY = 20;
  private static final int COLOURS = 256;
  private static final String FORMAT = "javax_imageio_gif_image_1.0";

  /** "Go on for ever", in the block that Netscape introduced. */
  private static final byte[] LOOP = {1, 0, 0};

  /**
   * Checks the delay.
   *
   * @param delayMilliseconds from one frame to the next, 20 or more
   * @throws ConfigException if it is less
   */
  public AnimatedGif {
    Check.atLeast("delay in milliseconds", delayMilliseconds, LEAST_DELAY);
  }

  /**
   * Writes frames, whole or not at all.
   *
   * @param file GIF
   * @param frames at least one, all of one size
   * @throws ConfigException if there is none, or one has another size
   * @throws org.vaetf.base.OutputException if the file cannot be written
   */
  public void write(Path file, List<BufferedImage> frames) {
    Check.atLeast("number of frames", frames.size(), 1);
    BufferedImage first = frames.get(0);
    for (BufferedImage frame : frames) {
      if (frame.getWidth() != first.getWidth() || frame.getHeight() != first.getHeight()) {
        throw new ConfigException(
            "size of a frame", size(frame), size(first) + ", as of the first");
      }
    }
    AtomicOutput.write(file, place -> writeTo(place, frames));
  }

  private static String size(BufferedImage frame) {
    return frame.getWidth() + " × " + frame.getHeight();
  }

  private void writeTo(Path place, List<BufferedImage> frames) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(place.toFile())) {
      if (out == null) {
        throw new IOException("no file can be made there");
      }
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (BufferedImage frame : frames) {
        BufferedImage indexed = indexed(frame);
        IIOMetadata metadata =
            writer.getDefaultImageMetadata(
                ImageTypeSpecifier.createFromRenderedImage(indexed), null);
        addTiming(metadata);
        writer.writeToSequence(new IIOImage(indexed, null, metadata), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
  }

  private void addTiming(IIOMetadata metadata) throws IOException {
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(FORMAT);
    // With a table given the writer takes another's colours; without, it writes the image's own.
    NodeList tables = root.getElementsByTagName("LocalColorTable");
    if (tables.getLength() > 0) {
      root.removeChild(tables.item(0));
    }
    IIOMetadataNode control = child(root, "GraphicControlExtension");
    control.setAttribute("disposalMethod", "none");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "FALSE");
    control.setAttribute("delayTime", String.valueOf((delayMilliseconds + 5) / 10));
    control.setAttribute("transparentColorIndex", "0");
    IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
    loop.setAttribute("applicationID", "NETSCAPE");
    loop.setAttribute("authenticationCode", "2.0");
    loop.setUserObject(LOOP.clone());
    child(root, "ApplicationExtensions").appendChild(loop);
    metadata.setFromTree(FORMAT, root);
  }

  private static IIOMetadataNode child(IIOMetadataNode root, String name) {
    if (root.getElementsByTagName(name).getLength() > 0) {
      return (IIOMetadataNode) root.getElementsByTagName(name).item(0);
    }
    IIOMetadataNode node = new IIOMetadataNode(name);
    root.appendChild(node);
    return node;
  }

  /** The frame with a table of its own colours, where they are few enough. */
  private static BufferedImage indexed(BufferedImage frame) {
    int width = frame.getWidth();
    int height = frame.getHeight();
    int[] pixels = colours(frame);
    Map<Integer, Integer> numbers = new LinkedHashMap<>();
    for (int pixel : pixels) {
      numbers.putIfAbsent(pixel, numbers.size());
      if (numbers.size() > COLOURS) {
        return frame;
      }
    }
    int[] table = new int[COLOURS];
    numbers.forEach((colour, number) -> table[number] = colour);
    IndexColorModel model =
        new IndexColorModel(8, COLOURS, table, 0, false, -1, DataBuffer.TYPE_BYTE);
    BufferedImage indexed =
        new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
    for (int i = 0; i < pixels.length; i++) {
      indexed.getRaster().setSample(i % width, i / width, 0, numbers.get(pixels[i]));
    }
    return indexed;
  }

  /**
   * Red, green and blue of each pixel; grey levels as they are, not as a screen would show them.
   */
  private static int[] colours(BufferedImage frame) {
    int width = frame.getWidth();
    int height = frame.getHeight();
    if (frame.getType() != BufferedImage.TYPE_BYTE_GRAY) {
      return frame.getRGB(0, 0, width, height, null, 0, width);
    }
    int[] levels = frame.getRaster().getSamples(0, 0, width, height, 0, (int[]) null);
    for (int i = 0; i < levels.length; i++) {
      levels[i] *= 0x010101;
    }
    return levels;
  }
}
