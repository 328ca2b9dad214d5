package org.vaetf.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.vaetf.base.ConfigException;
import org.vaetf.base.VaeException;
import org.vaetf.base.Version;
import org.vaetf.tf.MemoryException;

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
  private static final String HEADLESS = "java.awt.headless";

  private Main() {}

  /**
   * Runs a command and ends the process with its status.
   *
   * @param args the command and its options
   */
  public static void main(String[] args) {
    // Nothing here depends on where the machine is; what we build on might, as operations' names
    // do.
    Locale.setDefault(Locale.ROOT);
    if (System.getProperty(HEADLESS) == null) {
      // Pictures go to files: no screen is looked for, and none is missed.
      System.setProperty(HEADLESS, "true");
    }
    // Text goes out as UTF-8 wherever the machine is: β and ± are in it.
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    int status = run(args, out, err, StandardError.isTerminal());
    out.flush();
    err.flush();
    System.exit(status);
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
    return run(args, out, err, false);
  }

  private static int run(String[] args, PrintStream out, PrintStream err, boolean terminal) {
    List<String> words = Arrays.asList(args);
    boolean debug = words.contains(CliOption.DEBUG.flag());
    Command command = null;
    try {
      if (words.isEmpty()) {
        err.print(Help.overview());
        return USAGE;
      }
      switch (words.get(0)) {
        case "--help", "-h", "help" -> out.print(Help.overview());
        case "--version" -> out.println("vae-tf " + Version.library());
        default -> {
          command = Commands.of(words.get(0));
          run(command, words.subList(1, words.size()), out, err, terminal);
        }
      }
      ResultStream.requireTaken(out);
      return DONE;
    } catch (Exception | OutOfMemoryError | LinkageError e) {
      if (debug) {
        e.printStackTrace(err);
      }
      return report(e, command, debug, err);
    }
  }

  private static void run(
      Command command, List<String> words, PrintStream out, PrintStream err, boolean terminal) {
    if (words.contains(CliOption.HELP.flag()) || words.contains("-h")) {
      out.print(Help.of(command));
      return;
    }
    Arguments arguments = Arguments.parse(command, words);
    command.run(arguments, new Console(out, err, terminal, arguments));
  }

  /** Says in one line what went wrong. */
  private static int report(Throwable e, Command command, boolean debug, PrintStream err) {
    if (e instanceof ConfigException refused && command != null) {
      // The library speaks of settings; here they go by the names of options.
      return CliOption.ofSetting(Arguments.optionsOf(command), refused.setting())
          .map(
              option ->
                  fail(
                      err,
                      UsageException.value(option, refused.got(), refused.expected()).getMessage(),
                      USAGE))
          .orElseGet(() -> fail(err, e.getMessage(), FAILED));
    }
    if (e instanceof UsageException) {
      return fail(err, e.getMessage(), USAGE);
    }
    if (e instanceof VaeException) {
      return fail(err, e.getMessage(), FAILED);
    }
    if (e instanceof OutOfMemoryError error) {
      String remedy = MemoryException.remedy(error);
      return fail(err, "Java ran out of memory (" + e.getMessage() + "); " + remedy, FAILED);
    }
    String text = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return fail(
        err,
        "unexpected "
            + e.getClass().getSimpleName()
            + ": "
            + text
            + (debug ? "" : "; run again with --debug for the stack trace"),
        FAILED);
  }

  private static int fail(PrintStream err, String message, int status) {
    err.println("vae-tf: " + message);
    return status;
  }
}
