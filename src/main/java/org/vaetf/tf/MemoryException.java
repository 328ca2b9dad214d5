package org.vaetf.tf;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.vaetf.base.VaeException;

/**
 * Memory has run out, TensorFlow's or Java's. What was written before is whole. A system that
 * promises more memory than it has may end the process instead, with no word from here.
 */
public class MemoryException extends VaeException {
  private static final long serialVersionUID = 1L;
  private static final long MEBIBYTE = 1 << 20;

  /** What JavaCPP says when it, not the system, has refused. */
  private static final String OWN_LIMIT = "Physical memory usage is too high";

  /**
   * Memory has run out.
   *
   * @param message what needed it, how much there is, what to lower
   * @param cause what was reported
   */
  public MemoryException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Refuses what cannot be held: where the system promises more memory than it has, asking for that
   * much may end the process.
   *
   * @param what needs the memory
   * @param bytes how much of it
   * @throws MemoryException if the machine, with its swap space, has less
   */
  public static void requireRoom(String what, long bytes) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      long there = system.getTotalMemorySize() + system.getTotalSwapSpaceSize();
      if (bytes > there) {
        throw new MemoryException(
            what
                + " take "
                + bytes / MEBIBYTE
                + " MiB; this machine has "
                + there / MEBIBYTE
                + " MiB; lower the network's widths, or use a larger machine",
            null);
      }
    }
  }

  /** TensorFlow refused; the rows are those of the call, 0 where it has none. */
  static MemoryException ofTensorFlow(int rows, String reason, Throwable cause) {
    return new MemoryException(
        "TensorFlow ran out of memory"
            + on(rows)
            + " ("
            + reason
            + "); lower the batch size or the network's widths, or end other programs",
        cause);
  }

  /** The heap, or what Java allows outside it, is used up. */
  static MemoryException ofJava(int rows, OutOfMemoryError cause) {
    return new MemoryException(
        "Java ran out of memory"
            + on(rows)
            + " ("
            + cause.getMessage()
            + "); lower the batch size, or "
            + remedy(cause),
        cause);
  }

  private static String on(int rows) {
    return rows == 0 ? "" : " on a batch of " + rows + " rows";
  }

  /**
   * What gives Java more.
   *
   * @param cause Java's own error
   * @return what to do, and how much there is now
   */
  public static String remedy(OutOfMemoryError cause) {
    return String.valueOf(cause.getMessage()).startsWith(OWN_LIMIT)
        // It is four times the heap, and counts all that the process uses.
        ? "lift JavaCPP's limit with -Dorg.bytedeco.javacpp.maxphysicalbytes=0"
        : "give Java more with -Xmx (now "
            + Runtime.getRuntime().maxMemory() / MEBIBYTE
            + " MiB, as in java -Xmx8g)";
  }
}
