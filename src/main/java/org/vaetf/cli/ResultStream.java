package org.vaetf.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import org.vaetf.base.OutputException;

/**
 * Standard output that fails where nobody takes what is written, as {@code | head} does after its
 * lines: a {@link PrintStream} keeps that to itself, and hours of work would go nowhere. Work whose
 * results nobody took has failed, whether a reader ended or a disk was full: one line and {@link
 * Main#FAILED}, as for any output.
 */
final class ResultStream extends OutputStream {
  private final PrintStream out;

  ResultStream(PrintStream out) {
    this.out = out;
  }

  /**
   * Flushes, and looks whether all was taken so far.
   *
   * @throws OutputException if it was not; Java does not say why
   */
  static void requireTaken(PrintStream out) {
    if (out.checkError()) {
      throw new OutputException(
          "standard output",
          "takes no more: what reads it has ended, or its disk is full; ask for less, or make room",
          null);
    }
  }

  @Override
  public void write(int value) {
    out.write(value);
    requireTaken(out);
  }

  @Override
  public void write(byte[] values, int offset, int length) {
    out.write(values, offset, length);
    requireTaken(out);
  }

  @Override
  public void flush() {
    requireTaken(out);
  }
}
