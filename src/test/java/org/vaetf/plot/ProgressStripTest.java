package org.vaetf.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The strip is below the picture, which stays as it was. */
class ProgressStripTest {
  private static final ProgressStrip STRIP = new ProgressStrip("epoch 100");

  private static BufferedImage picture(int type) {
    BufferedImage picture = new BufferedImage(200, 8, type);
    for (int i = 0; i < 1600; i++) {
      for (int band = 0; band < picture.getRaster().getNumBands(); band++) {
        picture.getRaster().setSample(i % 200, i / 200, band, (i * (band + 1)) % 256);
      }
    }
    return picture;
  }

  @Test
  void thePictureKeepsEveryLevel() {
    for (int type :
        new int[] {
          BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_3BYTE_BGR
        }) {
      BufferedImage picture = picture(type);
      BufferedImage whole = STRIP.below(picture, "epoch 7", 0.5);
      assertEquals(200, whole.getWidth());
      for (int y = 0; y < 8; y++) {
        for (int x = 0; x < 200; x++) {
          assertEquals(picture.getRGB(x, y), whole.getRGB(x, y), type + ": " + x + ", " + y);
        }
      }
    }
    assertEquals(
        BufferedImage.TYPE_BYTE_GRAY,
        STRIP.below(picture(BufferedImage.TYPE_BYTE_GRAY), "", 1).getType());
  }

  @Test
  void theBarIsFilledToItsShare() {
    for (int percent : new int[] {0, 1, 50, 100}) {
      BufferedImage whole =
          STRIP.below(picture(BufferedImage.TYPE_BYTE_GRAY), "epoch 7", percent / 100.0);
      int filled = 0;
      while (filled < 200 && whole.getRaster().getSample(filled, 9, 0) < 0x80) {
        filled++;
      }
      assertEquals(2 * percent, filled);
    }
  }

  @Test
  void allHaveOneSizeWhateverTheirText() {
    Set<Integer> widths = new TreeSet<>();
    Set<Integer> heights = new TreeSet<>();
    BufferedImage narrow = new BufferedImage(3, 3, BufferedImage.TYPE_INT_RGB);
    for (String text : new String[] {"", "epoch 1", "epoch 100"}) {
      BufferedImage whole = STRIP.below(narrow, text, 0.5);
      widths.add(whole.getWidth());
      heights.add(whole.getHeight());
    }
    assertEquals(1, widths.size(), widths.toString());
    assertEquals(1, heights.size(), heights.toString());
    if (Fonts.fault().isEmpty()) {
      assertTrue(widths.iterator().next() > 40, "room for the text: " + widths);
    }
  }
}
