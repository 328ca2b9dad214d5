package org.vaetf.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Runs the program in this process and keeps what it says. */
record CommandLine(int status, String out, String err) {

  /** A program's way in. */
  @FunctionalInterface
  interface Entry {
    int run(String[] args, PrintStream out, PrintStream err);
  }

  static CommandLine run(Object... words) {
    return of(Main::run, words);
  }

  /** Runs another program than the plain one. */
  static CommandLine of(Entry program, Object... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        program.run(
            Arrays.stream(words).map(String::valueOf).toArray(String[]::new),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new CommandLine(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs what must succeed. */
  static CommandLine done(Object... words) {
    CommandLine line = run(words);
    if (line.status != Main.DONE) {
      throw new AssertionError(Arrays.toString(words) + " gave " + line);
    }
    return line;
  }

  List<String> outLines() {
    return out.lines().toList();
  }

  List<String> errLines() {
    return err.lines().toList();
  }
}
