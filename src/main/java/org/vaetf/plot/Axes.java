package org.vaetf.plot;

import org.vaetf.base.Check;

/**
 * What a chart says around its data.
 *
 * @param title of the chart; may be empty
 * @param x what is measured from left to right, with its unit
 * @param y what is measured from bottom to top, with its unit
 * @param logarithmic whether the y axis is; values that are not above 0 are then left out
 * @param width of the picture, pixels
 * @param height of the picture, pixels
 */
public record Axes(String title, String x, String y, boolean logarithmic, int width, int height) {
  private static final int WIDTH = 800;
  private static final int HEIGHT = 500;
  private static final int LEAST = 200;

  /**
   * Checks the size.
   *
   * @param title of the chart; may be empty
   * @param x what is measured from left to right, with its unit
   * @param y what is measured from bottom to top, with its unit
   * @param logarithmic whether the y axis is; values that are not above 0 are then left out
   * @param width of the picture, pixels, at least 200
   * @param height of the picture, pixels, at least 200
   * @throws org.vaetf.base.ConfigException if the picture is too small, or a text is missing
   */
  public Axes {
    Check.present("title", title);
    Check.present("x", x);
    Check.present("y", y);
    Check.atLeast("width", width, LEAST);
    Check.atLeast("height", height, LEAST);
  }

  /**
   * Linear axes of a picture of 800 × 500.
   *
   * @param title of the chart; may be empty
   * @param x what is measured from left to right, with its unit
   * @param y what is measured from bottom to top, with its unit
   * @return the axes
   */
  public static Axes of(String title, String x, String y) {
    return new Axes(title, x, y, false, WIDTH, HEIGHT);
  }

  /**
   * The same with a logarithmic y axis.
   *
   * @return a copy
   */
  public Axes withLogarithmicY() {
    return new Axes(title, x, y, true, width, height);
  }

  /**
   * The same for a picture of another size.
   *
   * @param newWidth pixels, at least 200
   * @param newHeight pixels, at least 200
   * @return a copy
   * @throws org.vaetf.base.ConfigException if it is too small
   */
  public Axes withSize(int newWidth, int newHeight) {
    return new Axes(title, x, y, logarithmic, newWidth, newHeight);
  }
}
