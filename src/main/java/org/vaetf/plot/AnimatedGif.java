package org.vaetf.plot;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
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
 * @param holdMilliseconds that the last frame stays, likewise
 */
public record AnimatedGif(int delayMilliseconds, int holdMilliseconds) {
  private static final int LEAST_DELAY = 20;
  private static final int COLOURS = 256;
  private static final int[] GREYS = IntStream.range(0, COLOURS).map(i -> i * 0x010101).toArray();
  private static final String FORMAT = "javax_imageio_gif_image_1.0";

  /** "Go on for ever", in the block that Netscape introduced. */
  private static final byte[] LOOP = {1, 0, 0};

  /**
   * Checks the times.
   *
   * @param delayMilliseconds from one frame to the next, 20 or more
   * @param holdMilliseconds that the last frame stays, 20 or more
   * @throws ConfigException if one is less
   */
  public AnimatedGif {
    Check.atLeast("delay in milliseconds", delayMilliseconds, LEAST_DELAY);
    Check.atLeast("hold in milliseconds", holdMilliseconds, LEAST_DELAY);
  }

  /**
   * All frames stay as long.
   *
   * @param delayMilliseconds from one frame to the next, 20 or more
   * @throws ConfigException if it is less
   */
  public AnimatedGif(int delayMilliseconds) {
    this(delayMilliseconds, delayMilliseconds);
  }

  /**
   * Writes frames, whole or not at all.
   *
   * @param file GIF
   * @param frames at least one, all of one size; gone through once, and none is kept
   * @throws ConfigException if there is none, or one has another size
   * @throws org.vaetf.base.OutputException if the file cannot be written
   */
  public void write(Path file, Iterable<BufferedImage> frames) {
    AtomicOutput.write(file, place -> writeTo(place, frames.iterator()));
  }

  private static String size(BufferedImage frame) {
    return frame.getWidth() + " × " + frame.getHeight();
  }

  private void writeTo(Path place, Iterator<BufferedImage> frames) throws IOException {
    if (!frames.hasNext()) {
      throw new ConfigException("number of frames", 0, "at least 1");
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(place.toFile())) {
      if (out == null) {
        throw new IOException("no file can be made there");
      }
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      String first = "";
      while (frames.hasNext()) {
        BufferedImage frame = frames.next();
        first = first.isEmpty() ? size(frame) : first;
        if (!size(frame).equals(first)) {
          throw new ConfigException("size of a frame", size(frame), first + ", as of the first");
        }
        BufferedImage indexed = indexed(frame);
        IIOMetadata metadata =
            writer.getDefaultImageMetadata(
                ImageTypeSpecifier.createFromRenderedImage(indexed), null);
        addTiming(metadata, frames.hasNext() ? delayMilliseconds : holdMilliseconds);
        writer.writeToSequence(new IIOImage(indexed, null, metadata), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
  }

  private static void addTiming(IIOMetadata metadata, int milliseconds) throws IOException {
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
    control.setAttribute("delayTime", String.valueOf((milliseconds + 5) / 10));
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
    if (frame.getType() == BufferedImage.TYPE_BYTE_GRAY) {
      // Levels as they are, not as a screen would show them.
      BufferedImage grey = indexed(width, height, GREYS);
      grey.getRaster().setRect(frame.getRaster());
      return grey;
    }
    int[] pixels = frame.getRGB(0, 0, width, height, null, 0, width);
    Map<Integer, Integer> numbers = new LinkedHashMap<>();
    for (int pixel : pixels) {
      numbers.putIfAbsent(pixel, numbers.size());
      if (numbers.size() > COLOURS) {
        return frame;
      }
    }
    int[] table = new int[COLOURS];
    numbers.forEach((colour, number) -> table[number] = colour);
    BufferedImage indexed = indexed(width, height, table);
    for (int i = 0; i < pixels.length; i++) {
      indexed.getRaster().setSample(i % width, i / width, 0, numbers.get(pixels[i]));
    }
    return indexed;
  }

  private static BufferedImage indexed(int width, int height, int... table) {
    IndexColorModel model =
        new IndexColorModel(8, COLOURS, table, 0, false, -1, DataBuffer.TYPE_BYTE);
    return new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
  }
}
