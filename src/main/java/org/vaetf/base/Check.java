package org.vaetf.base;

import java.util.Collection;

/**
 * Checks of arguments: each returns the value it was given, or throws a {@link ConfigException}
 * that names it.
 */
public final class Check {
  private Check() {}

  /**
   * A whole number with a lower bound.
   *
   * @param name what the number is
   * @param value the number
   * @param least the smallest that will do
   * @return the number
   * @throws ConfigException if it is smaller
   */
  public static int atLeast(String name, int value, int least) {
    if (value < least) {
      throw new ConfigException(name, value, "a whole number, " + least + " or more");
    }
    return value;
  }

  /**
   * A whole number of 64 bits with a lower bound.
   *
   * @param name what the number is
   * @param value the number
   * @param least the smallest that will do
   * @return the number
   * @throws ConfigException if it is smaller
   */
  public static long atLeast(String name, long value, long least) {
    if (value < least) {
      throw new ConfigException(name, value, "a whole number, " + least + " or more");
    }
    return value;
  }

  /**
   * A number above zero.
   *
   * @param name what the number is
   * @param value the number
   * @return the number
   * @throws ConfigException if it is zero, negative, infinite or not a number
   */
  public static double positive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new ConfigException(name, value, "a number above 0");
    }
    return value;
  }

  /**
   * A number not below zero.
   *
   * @param name what the number is
   * @param value the number
   * @return the number
   * @throws ConfigException if it is negative, infinite or not a number
   */
  public static double notNegative(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new ConfigException(name, value, "0 or a number above 0");
    }
    return value;
  }

  /**
   * A number of the half-open unit interval.
   *
   * @param name what the number is
   * @param value the number
   * @return the number
   * @throws ConfigException if it is outside {@code [0, 1)} or not a number
   */
  public static double fraction(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new ConfigException(name, value, "a number from 0 up to, not including, 1");
    }
    return value;
  }

  /**
   * Something that must be there.
   *
   * @param name what it is
   * @param value the thing
   * @param <T> its type
   * @return the thing
   * @throws ConfigException if it is missing
   */
  public static <T> T present(String name, T value) {
    if (value == null) {
      throw new ConfigException(name, "missing", "a value");
    }
    return value;
  }

  /**
   * A name out of a list.
   *
   * @param name what is named
   * @param value the name given
   * @param known the names there are
   * @return the name
   * @throws ConfigException if it is not in the list; the message holds the list
   */
  public static String known(String name, String value, Collection<String> known) {
    if (!known.contains(value)) {
      throw new ConfigException(name, "'" + value + "'", "one of: " + String.join(", ", known));
    }
    return value;
  }
}
