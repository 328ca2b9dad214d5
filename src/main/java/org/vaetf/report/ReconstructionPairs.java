package org.vaetf.report;

import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;

/** Originals over their reconstructions: a line of the one above a line of the other. */
public final class ReconstructionPairs {
  /** Pairs a line. */
  public static final int COLUMNS = 16;

  private ReconstructionPairs() {}

  /**
   * Puts pairs in the order that a grid draws them in.
   *
   * @param originals {@code [rows, height, width, channels]}
   * @param reconstructions the same rows
   * @return lines of {@link #COLUMNS} originals, each followed by their reconstructions; the last
   *     two lines are filled up with black
   * @throws org.vaetf.base.ConfigException if the shapes differ
   */
  public static Samples arrange(Samples originals, Samples reconstructions) {
    RowShape shape = originals.shape();
    reconstructions.requireShape("reconstructions", shape);
    int rows = originals.rows();
    int columns = columns(rows);
    int lines = (rows + columns - 1) / columns;
    int line = columns * shape.size();
    float[] values = new float[2 * lines * line];
    for (int i = 0; i < lines; i++) {
      int from = i * line;
      int length = Math.min(line, originals.values().length - from);
      System.arraycopy(originals.values(), from, values, 2 * i * line, length);
      System.arraycopy(reconstructions.values(), from, values, (2 * i + 1) * line, length);
    }
    return new Samples(shape, values);
  }

  /**
   * How many pairs lie side by side.
   *
   * @param rows how many there are
   * @return at most {@link #COLUMNS}
   */
  public static int columns(int rows) {
    return Math.min(COLUMNS, rows);
  }
}
