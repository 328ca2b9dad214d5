package org.vaetf.cli;

import org.vaetf.base.VaeException;

/** The command line itself is wrong: exit status 2. */
final class UsageException extends VaeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }

  /** An option whose value cannot be. */
  static UsageException value(CliOption option, Object got, String expected) {
    // People write 1 where the library has 1.0.
    String text = String.valueOf(got).replaceFirst("\\.0$", "");
    return new UsageException(option.flag() + " is " + text + "; expected " + expected);
  }

  /** An option that says nothing about what is otherwise chosen. */
  static UsageException inapplicable(CliOption option, String why) {
    return new UsageException(option.flag() + " does not apply: " + why);
  }
}
