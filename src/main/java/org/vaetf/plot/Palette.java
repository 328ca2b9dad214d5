package org.vaetf.plot;

import java.awt.Color;
import java.util.List;

/**
 * Ten colours that people with any colour vision can tell apart, on white: those of Okabe and Ito,
 * "Color universal design" (2008), but for their yellow, which is too light for thin lines; olive
 * and wine from Tol's "muted" scheme (SRON technical note EPS/TN/09-002, 2021), and grey.
 */
public final class Palette {
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x0072B2), // blue
          new Color(0xD55E00), // vermilion
          new Color(0x009E73), // bluish green
          new Color(0xE69F00), // orange
          new Color(0xCC79A7), // reddish purple
          new Color(0x56B4E9), // sky blue
          new Color(0x000000),
          new Color(0x999933), // olive
          new Color(0x882255), // wine
          new Color(0x999999));

  /** How many there are. */
  public static final int SIZE = COLOURS.size();

  private Palette() {}

  /**
   * A colour by its number.
   *
   * @param number from 0; those from {@link #SIZE} on begin again
   * @return the colour
   */
  public static Color of(int number) {
    return COLOURS.get(Math.floorMod(number, SIZE));
  }

  /**
   * What is there but does not matter: inactive dimensions, lines to compare with.
   *
   * @return light grey
   */
  public static Color faint() {
    return new Color(0xBBBBBB);
  }
}
