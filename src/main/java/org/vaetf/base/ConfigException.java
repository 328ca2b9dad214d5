package org.vaetf.base;

/** A setting or an argument has a value that cannot be: the caller must give another. */
public class ConfigException extends VaeException {
  private static final long serialVersionUID = 1L;

  /** What was refused. */
  private final String setting;

  /** The refused value, as text. */
  private final String got;

  /** What would have been taken, in words. */
  private final String expected;

  /**
   * A refused value.
   *
   * @param setting what it is the value of
   * @param got the value
   * @param expected what would do
   */
  public ConfigException(String setting, Object got, String expected) {
    super(setting + " is " + got + "; expected " + expected);
    this.setting = setting;
    this.got = String.valueOf(got);
    this.expected = expected;
  }

  /**
   * What was refused.
   *
   * @return the setting's name
   */
  public String setting() {
    return setting;
  }

  /**
   * The refused value.
   *
   * @return as text
   */
  public String got() {
    return got;
  }

  /**
   * What would have been taken.
   *
   * @return in words
   */
  public String expected() {
    return expected;
  }
}
