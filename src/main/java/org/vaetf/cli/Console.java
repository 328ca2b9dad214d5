package org.vaetf.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Locale;
import org.vaetf.tf.Devices;
import org.vaetf.tf.Natives;
import org.vaetf.tf.StartUp;

/** Where a command's words go: results to standard output, everything else to standard error. */
final class Console {
  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;
  private final boolean quiet;
  private final boolean debug;

  Console(PrintStream out, PrintStream err, boolean terminal, Arguments arguments) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.quiet = arguments.has(CliOption.QUIET);
    this.debug = arguments.has(CliOption.DEBUG);
  }

  /** Standard output, for many rows. */
  OutputStream rows() {
    return new ResultStream(out);
  }

  /** A line of the result. */
  void print(String line) {
    out.println(line);
  }

  /** A line about the work, unless quiet is asked for. */
  void say(String format, Object... values) {
    if (!quiet) {
      err.println(String.format(Locale.ROOT, format, values));
    }
  }

  /** A line that must be seen. */
  void warn(String line) {
    err.println(line);
  }

  /** Must be called before TensorFlow is first touched. */
  void prepareTensorFlow() {
    StartUp.prepare();
    Natives.load(debug ? Devices::tensorFlowVersion : NativeLog::silence);
  }

  /**
   * Shows how long work comes along.
   *
   * @param task what is being done
   * @param unit what is counted
   * @param total how many there will be, or -1
   */
  Meter meter(String task, String unit, long total) {
    if (quiet) {
      return Meter.NONE;
    }
    return terminal ? new BarMeter(err, task, total) : new LineMeter(this::say, task, unit, total);
  }
}
