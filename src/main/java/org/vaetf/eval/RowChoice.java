package org.vaetf.eval;

import java.util.SplittableRandom;

/**
 * Some of many rows, without replacement, each set of them as likely as any other, chosen while the
 * rows go by: Fan, Muller and Rezucha, JASA 57 (1962), method 1 (Knuth's algorithm S).
 */
final class RowChoice {
  private final int size;
  private final SplittableRandom random;
  private int left;
  private int wanted;

  /** At most so many of the rows. */
  RowChoice(int rows, int most, SplittableRandom random) {
    this.size = Math.min(rows, most);
    this.random = random;
    this.left = rows;
    this.wanted = size;
  }

  int size() {
    return size;
  }

  /** Whether the next row is one of them; asked once a row. */
  boolean takesNext() {
    boolean takes = random.nextInt(left) < wanted;
    left--;
    if (takes) {
      wanted--;
    }
    return takes;
  }
}
