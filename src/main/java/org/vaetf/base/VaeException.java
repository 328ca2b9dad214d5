package org.vaetf.base;

/**
 * Something the caller can act on. The message is one line: what is wrong, what was found, what was
 * expected, what to do. The command line prints that line and nothing else.
 */
public class VaeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception with its one line.
   *
   * @param message what, got, expected, what to do
   */
  public VaeException(String message) {
    super(message);
  }

  /**
   * An exception with its one line and the failure behind it.
   *
   * @param message what, got, expected, what to do
   * @param cause what a library reported
   */
  public VaeException(String message, Throwable cause) {
    super(message, cause);
  }
}
