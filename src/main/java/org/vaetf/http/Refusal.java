package org.vaetf.http;

/** A request that is not done, and the HTTP status that says so. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Of HTTP. */
  private final int status;

  /**
   * A refusal.
   *
   * @param status of HTTP, 400 or more
   * @param message one line for whoever asked
   */
  public Refusal(int status, String message) {
    super(message);
    this.status = status;
  }

  /**
   * The status.
   *
   * @return 400 or more
   */
  public int status() {
    return status;
  }
}
