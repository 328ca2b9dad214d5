package org.vaetf.cli;

import java.util.List;

/** What the program can be told to do. */
interface Command {

  /** The word people type. */
  String name();

  /** What it does, in one line. */
  String summary();

  /** A whole command line to try. */
  String example();

  /**
   * What stands on the line without an option, as a help text has it: {@link TrainedModel#OPERAND},
   * or another; most commands take none.
   */
  default String operands() {
    return "";
  }

  /** What it takes, besides {@link CliOption#EVERYWHERE}. */
  List<CliOption> options();

  /**
   * Does it.
   *
   * @throws UsageException if the options do not go together
   * @throws org.vaetf.base.VaeException if the work fails
   */
  void run(Arguments arguments, Console console);
}
