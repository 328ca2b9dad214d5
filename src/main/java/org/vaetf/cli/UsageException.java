package org.vaetf.cli;

import org.vaetf.base.ConfigException;
import org.vaetf.base.VaeException;

/** The command line itself is wrong: exit status 2. */
final class UsageException extends VaeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }

  UsageException(String message, Throwable cause) {
    super(message, cause);
  }

  /** An option whose value cannot be. */
  static UsageException value(CliOption option, Object got, String expected) {
    return value(option.flag(), got, expected);
  }

  /** A flag whose value cannot be. */
  static UsageException value(String flag, Object got, String expected) {
    return new UsageException(refusal(flag, got, expected));
  }

  /** A flag whose value the library refuses. */
  static UsageException value(String flag, ConfigException e) {
    return new UsageException(refusal(flag, e.got(), e.expected()), e);
  }

  private static String refusal(String flag, Object got, String expected) {
    // People write 1 where the library has 1.0.
    String text = String.valueOf(got).replaceFirst("\\.0$", "");
    return flag + " is " + text + "; expected " + expected;
  }

  /** An option that says nothing about what is otherwise chosen. */
  static UsageException inapplicable(CliOption option, String why) {
    return inapplicable(option.flag(), why);
  }

  /** A flag that says nothing about what is otherwise chosen. */
  static UsageException inapplicable(String flag, String why) {
    return new UsageException(flag + " does not apply: " + why);
  }
}
