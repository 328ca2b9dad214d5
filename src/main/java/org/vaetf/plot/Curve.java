package org.vaetf.plot;

import java.util.stream.IntStream;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;

/**
 * A line of a chart. Points that are not finite are left out.
 *
 * @param name as the legend has it
 * @param x from left to right
 * @param y as many
 * @param colour number in the {@link Palette}; below 0 for faint
 * @param stroke how the line is drawn
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over, not copied.
public record Curve(String name, double[] x, double[] y, int colour, Stroke stroke) {

  /** How a line is drawn. */
  public enum Stroke {
    /** A whole line. */
    SOLID,
    /** A broken line. */
    DASHED,
    /** A whole line with its points. */
    DOTS,
    /** One large point: the first. */
    MARK
  }

  /**
   * Checks the lengths.
   *
   * @param name as the legend has it
   * @param x from left to right
   * @param y as many
   * @param colour number in the {@link Palette}; below 0 for faint
   * @param stroke how the line is drawn
   * @throws ConfigException if there are not as many y as x
   */
  public Curve {
    Check.present("name", name);
    if (x.length != y.length) {
      throw new ConfigException("values of " + name, y.length, x.length + ", one for each x");
    }
  }

  /**
   * One large point.
   *
   * @param name as the legend has it
   * @param x of the point
   * @param y of the point
   * @param colour number in the {@link Palette}
   * @return the point
   */
  public static Curve mark(String name, double x, double y, int colour) {
    return new Curve(name, new double[] {x}, new double[] {y}, colour, Stroke.MARK);
  }

  /** The points that can be drawn. */
  Curve drawable(boolean aboveZero) {
    int[] kept =
        IntStream.range(0, x.length)
            .filter(i -> Double.isFinite(x[i]) && Double.isFinite(y[i]))
            .filter(i -> !aboveZero || y[i] > 0)
            .toArray();
    return new Curve(
        name,
        IntStream.of(kept).mapToDouble(i -> x[i]).toArray(),
        IntStream.of(kept).mapToDouble(i -> y[i]).toArray(),
        colour,
        stroke);
  }
}
