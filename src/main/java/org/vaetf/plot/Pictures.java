package org.vaetf.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.vaetf.base.Check;

/** Pictures put together. */
public final class Pictures {
  private static final int TEXT_SIZE = 14;
  private static final int MARGIN = 8;

  private Pictures() {}

  /**
   * Pictures side by side on white, row after row.
   *
   * @param parts at least one
   * @param columns how many a row, at least 1
   * @return the picture
   * @throws org.vaetf.base.ConfigException if there is none, or no column
   */
  public static BufferedImage tiled(List<BufferedImage> parts, int columns) {
    Check.atLeast("number of pictures", parts.size(), 1);
    int across = Math.min(Check.atLeast("columns", columns, 1), parts.size());
    int width = parts.stream().mapToInt(BufferedImage::getWidth).max().orElseThrow();
    int height = parts.stream().mapToInt(BufferedImage::getHeight).max().orElseThrow();
    int lines = (parts.size() + across - 1) / across;
    BufferedImage whole = blank(across * width, lines * height);
    Graphics2D canvas = whole.createGraphics();
    for (int i = 0; i < parts.size(); i++) {
      canvas.drawImage(parts.get(i), i % across * width, i / across * height, null);
    }
    canvas.dispose();
    return whole;
  }

  /**
   * A picture of lines of equal height with a text left of each.
   *
   * @param picture lines one below the other
   * @param texts one for each line
   * @return the picture on white
   * @throws org.vaetf.base.VaeException if this machine has no fonts, or there is no text
   */
  public static BufferedImage captioned(BufferedImage picture, List<String> texts) {
    Look.requireFonts();
    Check.atLeast("number of captions", texts.size(), 1);
    Font font = Look.font(TEXT_SIZE);
    FontMetrics metrics = Look.metrics(font);
    int left = texts.stream().mapToInt(metrics::stringWidth).max().orElseThrow() + 2 * MARGIN;
    BufferedImage whole =
        blank(left + picture.getWidth() + MARGIN, picture.getHeight() + 2 * MARGIN);
    Graphics2D canvas = Look.canvas(whole);
    canvas.drawImage(picture, left, MARGIN, null);
    canvas.setFont(font);
    canvas.setColor(Look.TEXT);
    double line = picture.getHeight() / (double) texts.size();
    for (int i = 0; i < texts.size(); i++) {
      int middle = MARGIN + (int) Math.round((i + 0.5) * line);
      int baseline = middle + (metrics.getAscent() - metrics.getDescent()) / 2;
      canvas.drawString(texts.get(i), left - MARGIN - metrics.stringWidth(texts.get(i)), baseline);
    }
    canvas.dispose();
    return whole;
  }

  private static BufferedImage blank(int width, int height) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = picture.createGraphics();
    canvas.setColor(Color.WHITE);
    canvas.fillRect(0, 0, width, height);
    canvas.dispose();
    return picture;
  }
}
