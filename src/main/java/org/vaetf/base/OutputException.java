package org.vaetf.base;

/** A file or folder cannot be written. What was there before is as it was. */
public class OutputException extends VaeException {
  private static final long serialVersionUID = 1L;

  /** The file or folder. */
  private final String place;

  /**
   * A place that cannot be written.
   *
   * @param place the file or folder
   * @param fault why, and what to do
   * @param cause what the system reported
   */
  public OutputException(Object place, String fault, Throwable cause) {
    super(place + ": " + fault, cause);
    this.place = String.valueOf(place);
  }

  /**
   * The same failure, with more to say on what to do.
   *
   * @param failure as it was thrown
   * @param advice added to its message
   */
  public OutputException(OutputException failure, String advice) {
    super(failure.getMessage() + advice, failure);
    this.place = failure.place;
  }

  /**
   * What cannot be written.
   *
   * @return the file or folder
   */
  public String place() {
    return place;
  }
}
