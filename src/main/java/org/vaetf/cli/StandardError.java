package org.vaetf.cli;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/**
 * The process's standard error below Java: native code writes to the file descriptor, which {@link
 * System#setErr} does not touch. Where the C library cannot be called, nothing happens.
 */
final class StandardError {
  private static final int DESCRIPTOR = 2;
  private static final int WRITE_ONLY = 1;

  static {
    // Where this is not set, JNA runs ldconfig to learn it; the process's own symbols need no path.
    if (System.getProperty("jna.platform.library.path") == null) {
      System.setProperty("jna.platform.library.path", "");
    }
  }

  private StandardError() {}

  /** Whether a person looks at it. */
  static boolean isTerminal() {
    try {
      return call("isatty", DESCRIPTOR) != 0;
    } catch (LinkageError e) {
      return false;
    }
  }

  /** Sets a variable in the environment that native code sees; Java's own view stays as it was. */
  static void setEnvironment(String name, String value) {
    try {
      if (Platform.isWindows()) {
        call("putenv_s", name, value);
      } else {
        call("setenv", name, value, 1);
      }
    } catch (LinkageError e) {
      // The messages will show: a nuisance, no failure.
    }
  }

  /** Runs something while standard error goes nowhere. */
  static void muted(Runnable work) {
    System.err.flush();
    int saved = redirect();
    try {
      work.run();
    } finally {
      if (saved >= 0) {
        call("dup2", saved, DESCRIPTOR);
        call("close", saved);
      }
    }
  }

  /** Points the descriptor to nowhere; gives a copy of the old one, or -1 if that failed. */
  private static int redirect() {
    try {
      int nowhere = call("open", Platform.isWindows() ? "NUL" : "/dev/null", WRITE_ONLY);
      if (nowhere < 0) {
        return -1;
      }
      int saved = call("dup", DESCRIPTOR);
      if (saved >= 0) {
        call("dup2", nowhere, DESCRIPTOR);
      }
      call("close", nowhere);
      return saved;
    } catch (LinkageError e) {
      return -1;
    }
  }

  /** Windows has the POSIX calls with an underscore in front. */
  private static int call(String function, Object... arguments) {
    boolean windows = Platform.isWindows();
    NativeLibrary library =
        windows ? NativeLibrary.getInstance("ucrtbase") : NativeLibrary.getProcess();
    return library.getFunction(windows ? "_" + function : function).invokeInt(arguments);
  }
}
