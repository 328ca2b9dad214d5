package org.vaetf.data;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How names of classes become labels, in a table's column and in folders alike: where all are whole
 * numbers from 0 they are the labels; otherwise the names in sorted order are 0, 1, 2 ….
 */
public final class ClassNames {
  /** So many names are a column of something else. */
  static final int MOST = 100_000;

  private final SortedSet<String> names = new TreeSet<>();
  private boolean numbers = true;

  /** No names yet. */
  public ClassNames() {}

  /**
   * Adds a name.
   *
   * @param name as it is written
   * @return false if there are too many to be classes
   */
  public boolean add(String name) {
    if (numbers && number(name) < 0) {
      numbers = false;
    }
    names.add(name);
    return names.size() <= MOST;
  }

  /**
   * The labels' names.
   *
   * @return in order; empty where the names are the numbers themselves
   */
  public List<String> list() {
    return numbers ? List.of() : List.copyOf(names);
  }

  /**
   * A label.
   *
   * @param name one that was added
   * @param list as {@link #list} gave it
   * @return from 0
   */
  public static int label(String name, List<String> list) {
    return list.isEmpty() ? number(name) : java.util.Collections.binarySearch(list, name);
  }

  /** The number that a name is ({@code 7}, {@code 7.0}), or -1. */
  private static int number(String name) {
    return name.matches("\\d{1,9}(\\.0+)?") ? Integer.parseInt(name.replaceFirst("\\..*", "")) : -1;
  }
}
