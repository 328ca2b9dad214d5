package org.vaetf.group;

import org.vaetf.base.VaeException;

/**
 * Another process of the group cannot be reached any longer: whatever ended it, it was not this.
 */
public final class LostProcessException extends VaeException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception with its one line and the failure behind it.
   *
   * @param message what, got, expected, what to do
   * @param cause how it was noticed
   */
  public LostProcessException(String message, Throwable cause) {
    super(message, cause);
  }
}
