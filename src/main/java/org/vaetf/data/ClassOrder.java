package org.vaetf.data;

import java.util.stream.LongStream;
import org.vaetf.base.Check;

/**
 * The classes of new rows where none was asked for: as many rows of each class, one class after the
 * other, where they can be shared out so; else the classes in turn.
 *
 * @param classes how many there are, at least 1
 * @param rows how many there are to be, at least 1
 */
public record ClassOrder(int classes, long rows) {
  /** Images a line of a picture, where each class has a line of its own. */
  private static final int MOST_COLUMNS = 64;

  private static final int USUAL_COLUMNS = 16;

  /**
   * Checks the numbers.
   *
   * @param classes how many there are, at least 1
   * @param rows how many there are to be, at least 1
   * @throws org.vaetf.base.ConfigException if one is below 1
   */
  public ClassOrder {
    Check.atLeast("number of classes", classes, 1);
    Check.atLeast("count", rows, 1L);
  }

  /**
   * Fewer rows where that gives each class a line of a picture.
   *
   * @param classes how many there are, at least 1
   * @param most rows, at least 1
   * @return that many, or as many of each class as a line holds
   */
  public static ClassOrder upTo(int classes, int most) {
    int each = Math.min(USUAL_COLUMNS, most / Check.atLeast("number of classes", classes, 1));
    return new ClassOrder(classes, each > 1 ? each * classes : most);
  }

  /**
   * The labels of some of the rows.
   *
   * @param from the number of the first
   * @param to one past the last
   * @return {@code [to - from]}
   */
  public int[] labels(long from, long to) {
    long each = each();
    return LongStream.range(from, to)
        .mapToInt(row -> (int) (each > 0 ? row / each : row % classes))
        .toArray();
  }

  /**
   * How the rows lie in a picture.
   *
   * @return a line for each class, or about as wide as it is high
   */
  public ImageGrid grid() {
    long each = each();
    return each > 1 && each <= MOST_COLUMNS
        ? ImageGrid.of((int) each)
        : ImageGrid.square(Math.toIntExact(rows));
  }

  /** Rows of each class, or 0 where they cannot be shared out. */
  private long each() {
    return rows % classes == 0 ? rows / classes : 0;
  }
}
