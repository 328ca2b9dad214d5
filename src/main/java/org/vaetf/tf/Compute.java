package org.vaetf.tf;

import java.util.List;
import org.tensorflow.proto.ConfigProto;
import org.vaetf.base.Check;
import org.vaetf.base.VaeException;

/**
 * What a session computes with.
 *
 * @param device where its operations run
 * @param threads how many operations may run side by side, each in one thread; 0 for one a core
 */
public record Compute(Device device, int threads) {

  /**
   * Checks the number of threads.
   *
   * @param device where its operations run
   * @param threads how many operations may run side by side, each in one thread; 0 for one a core
   * @throws org.vaetf.base.ConfigException if it is negative
   */
  public Compute {
    Check.atLeast("threads", threads, 0);
  }

  /**
   * The CPU, with as many threads as it has cores.
   *
   * @return the defaults
   */
  public static Compute defaults() {
    return new Compute(Device.CPU, 0);
  }

  /**
   * Threads for work that is shared out by rows.
   *
   * @return as many as {@link #threads} says, or the machine has cores; one where a GPU computes
   */
  public Workers workers() {
    if (!sharesRows()) {
      return new Workers(1);
    }
    return new Workers(threads > 0 ? threads : Runtime.getRuntime().availableProcessors());
  }

  /**
   * Whether rows are shared out to threads, each of which computes its rows by itself. A GPU takes
   * them all at once.
   *
   * @return true where the CPU computes: it is asked for, or there is no GPU to choose
   */
  public boolean sharesRows() {
    return switch (device.kind()) {
      case CPU -> true;
      case GPU -> false;
      case AUTO -> !Devices.hasGpu(device.index());
    };
  }

  /**
   * The session options that hold TensorFlow to this choice. GPU memory grows with need instead of
   * being taken whole.
   *
   * @return options for one session
   * @throws VaeException if a GPU is asked for that TensorFlow cannot use; never falls back to the
   *     CPU silently
   */
  ConfigProto sessionOptions() {
    // TensorFlow shares the threads inside operations among all sessions of a process, as the first
    // one sets them; and sums come out by their number. So there is one, and rows are shared out.
    ConfigProto.Builder options =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(1)
            .setInterOpParallelismThreads(threads)
            .setUsePerSessionThreads(true);
    if (device.kind() == Device.Kind.GPU) {
      requireGpu();
    }
    if (sharesRows()) {
      return options.putDeviceCount("GPU", 0).build();
    }
    return options.setGpuOptions(Devices.only(device.index())).setAllowSoftPlacement(true).build();
  }

  private void requireGpu() {
    if (Devices.hasGpu(device.index())) {
      return;
    }
    throw new VaeException("device " + device + " cannot be used: " + whyNot());
  }

  private static String whyNot() {
    if (!Devices.cudaNatives()) {
      return "these TensorFlow natives have no CUDA support; build with 'mvn -Pcuda package', or use --device cpu";
    }
    List<CudaLibrary> missing = CudaLibrary.missing();
    return (missing.isEmpty()
            ? "TensorFlow sees no GPU: check it with nvidia-smi (--debug shows TensorFlow's own messages)"
            : "missing "
                + String.join(", ", missing.stream().map(CudaLibrary::file).toList())
                + "; install what 'info' names")
        + ", or use --device cpu";
  }
}
