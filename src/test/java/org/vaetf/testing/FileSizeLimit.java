package org.vaetf.testing;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;

/**
 * A disk that fills up: while this is open, no file of this process can grow beyond a size, and
 * whoever writes on gets as much as fits and then an error, in Java and in native code alike. Needs
 * no privilege. Close it to have room again. Not for tests that run side by side.
 */
public final class FileSizeLimit implements AutoCloseable {
  /** {@code RLIMIT_FSIZE}, the same number on Linux and macOS. */
  private static final int FILE_SIZE = 1;

  private final Memory before = new Memory(2 * Long.BYTES);

  private FileSizeLimit() {}

  /** Begins; beyond {@code bytes}, "File too large" is what the system says. */
  public static FileSizeLimit of(long bytes) {
    FileSizeLimit limit = new FileSizeLimit();
    call("getrlimit", limit.before);
    Memory less = new Memory(2 * Long.BYTES);
    less.setLong(0, bytes);
    // The hard limit stays: so the soft one can be raised again.
    less.setLong(Long.BYTES, limit.before.getLong(Long.BYTES));
    call("setrlimit", less);
    return limit;
  }

  private static void call(String function, Memory limits) {
    int status =
        NativeLibrary.getProcess()
            .getFunction(function)
            .invokeInt(new Object[] {FILE_SIZE, limits});
    if (status != 0) {
      throw new AssertionError(function + " gave " + status);
    }
  }

  @Override
  public void close() {
    call("setrlimit", before);
  }
}
