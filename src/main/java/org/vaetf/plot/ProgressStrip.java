package org.vaetf.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/**
 * A strip below a picture that tells how far things have come: a text, where this machine has
 * fonts, and a bar. All of it is grey, so that a grey picture keeps its levels and stays grey.
 *
 * @param longest of the texts; pictures are made wide enough for it, so that all have one size
 */
public record ProgressStrip(String longest) {
  private static final int TEXT_SIZE = 14;
  private static final int MARGIN = 4;
  private static final int BAR = 4;
  private static final Color DONE = new Color(0x606060);
  private static final Color OPEN = new Color(0xDADADA);

  /**
   * Puts a strip below a picture.
   *
   * @param picture grey or colour
   * @param text a word or two, left out where there are no fonts
   * @param share of the bar that is filled, 0…1
   * @return the picture above the strip
   */
  public BufferedImage below(BufferedImage picture, String text, double share) {
    boolean writes = Fonts.fault().isEmpty();
    int textWidth = writes ? Look.metrics(font()).stringWidth(longest) + 2 * MARGIN : 0;
    int textHeight = writes ? Look.metrics(font()).getHeight() + MARGIN : 0;
    int width = Math.max(picture.getWidth(), textWidth);
    int height = picture.getHeight() + BAR + textHeight;
    boolean grey = picture.getType() == BufferedImage.TYPE_BYTE_GRAY;
    BufferedImage whole =
        new BufferedImage(
            width, height, grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = Look.canvas(whole);
    canvas.setColor(Color.WHITE);
    canvas.fillRect(0, 0, width, height);
    int top = picture.getHeight();
    canvas.setColor(OPEN);
    canvas.fillRect(0, top, width, BAR);
    canvas.setColor(DONE);
    canvas.fillRect(0, top, (int) Math.round(share * width), BAR);
    if (writes) {
      write(canvas, text, top + BAR + MARGIN);
    }
    if (grey) {
      // Drawn, its levels would be taken for shades of light and changed.
      whole.getRaster().setRect(picture.getRaster());
    } else {
      canvas.drawImage(picture, 0, 0, null);
    }
    canvas.dispose();
    return whole;
  }

  private static void write(Graphics2D canvas, String text, int top) {
    FontMetrics metrics = Look.metrics(font());
    canvas.setFont(font());
    canvas.setColor(Look.TEXT);
    canvas.drawString(text, MARGIN, top + metrics.getAscent());
  }

  private static Font font() {
    return Look.font(TEXT_SIZE);
  }
}
