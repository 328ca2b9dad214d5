package org.vaetf.base;

import java.util.regex.Pattern;

/**
 * Something the caller can act on. The message is one line: what is wrong, what was found, what was
 * expected, what to do. The command line prints that line and nothing else.
 */
public class VaeException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]");

  /**
   * An exception with its one line.
   *
   * @param message what, got, expected, what to do
   */
  public VaeException(String message) {
    super(printable(message));
  }

  /**
   * An exception with its one line and the failure behind it.
   *
   * @param message what, got, expected, what to do
   * @param cause what a library reported
   */
  public VaeException(String message, Throwable cause) {
    super(printable(message), cause);
  }

  /**
   * What a message quotes may be a stranger's: no line ends, nothing that a terminal would obey.
   */
  private static String printable(String message) {
    return UNPRINTABLE.matcher(message).replaceAll("\uFFFD");
  }
}
