package org.vaetf.cli;

import java.io.PrintStream;

/**
 * The program: {@code java -jar vae-tf.jar COMMAND [options]}. Results go to standard output,
 * everything else to standard error. Exit status 0: done; 1: the work failed; 2: wrong usage; 130:
 * interrupted after saving.
 */
public final class Main {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int INTERRUPTED = 130;

  static final Program PROGRAM =
      new Program(
          "java -jar vae-tf.jar",
          "variational autoencoders on TensorFlow",
          "java -jar vae-tf.jar train",
          Commands.ALL);

  private Main() {}

  /**
   * Runs a command and ends the process with its status.
   *
   * @param args the command and its options
   */
  public static void main(String[] args) {
    System.exit(PROGRAM.runInProcess(args));
  }

  /**
   * Runs a command.
   *
   * @param args the command and its options
   * @param out receives results
   * @param err receives everything else, in plain lines
   * @return the exit status
   */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    return PROGRAM.run(args, out, err, false);
  }
}
