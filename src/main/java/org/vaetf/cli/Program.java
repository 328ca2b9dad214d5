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
 * Commands behind one entry: finds the one that is meant, runs it, and says in one line what went
 * wrong.
 *
 * @param launcher what stands before a command's name
 * @param about what the program is, for its help
 * @param first a command line to begin with
 * @param commands all there are
 */
record Program(String launcher, String about, String first, List<Command> commands) {
  private static final String HEADLESS = "java.awt.headless";

  /** Runs a command in the surroundings that all of them expect; gives the exit status. */
  int runInProcess(String[] args) {
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
    return status;
  }

  /** Runs a command; gives the exit status. */
  int run(String[] args, PrintStream out, PrintStream err, boolean terminal) {
    List<String> words = Arrays.asList(args);
    boolean debug = words.contains(CliOption.DEBUG.flag());
    Command command = null;
    try {
      if (words.isEmpty()) {
        err.print(Help.overview(this));
        return Main.USAGE;
      }
      switch (words.get(0)) {
        case "--help", "-h", "help" -> out.print(Help.overview(this));
        case "--version" -> out.println("vae-tf " + Version.library());
        default -> {
          command = Commands.of(commands, words.get(0));
          run(command, words.subList(1, words.size()), out, err, terminal);
        }
      }
      ResultStream.requireTaken(out);
      return Main.DONE;
    } catch (Exception | OutOfMemoryError | LinkageError e) {
      if (debug) {
        e.printStackTrace(err);
      }
      return report(e, command, debug, err);
    }
  }

  private void run(
      Command command, List<String> words, PrintStream out, PrintStream err, boolean terminal) {
    if (words.contains(CliOption.HELP.flag()) || words.contains("-h")) {
      out.print(Help.of(this, command));
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
                      Main.USAGE))
          .orElseGet(() -> fail(err, e.getMessage(), Main.FAILED));
    }
    if (e instanceof UsageException) {
      return fail(err, e.getMessage(), Main.USAGE);
    }
    if (e instanceof VaeException) {
      return fail(err, e.getMessage(), Main.FAILED);
    }
    if (e instanceof OutOfMemoryError error) {
      String remedy = MemoryException.remedy(error);
      return fail(err, "Java ran out of memory (" + e.getMessage() + "); " + remedy, Main.FAILED);
    }
    String text = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return fail(
        err,
        "unexpected "
            + e.getClass().getSimpleName()
            + ": "
            + text
            + (debug ? "" : "; run again with --debug for the stack trace"),
        Main.FAILED);
  }

  private static int fail(PrintStream err, String message, int status) {
    err.println("vae-tf: " + message);
    return status;
  }
}
