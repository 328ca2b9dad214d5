package org.vaetf.tf;

import java.util.List;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
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
      case AUTO -> Devices.gpus().isEmpty();
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
    return options
        .setGpuOptions(
            GPUOptions.newBuilder()
                .setAllowGrowth(true)
                .setVisibleDeviceList(String.valueOf(device.index())))
        .setAllowSoftPlacement(true)
        .build();
  }

  private void requireGpu() {
    List<Devices.Entry> gpus = Devices.gpus();
    if (device.index() < gpus.size()) {
      return;
    }
    String why;
    if (!gpus.isEmpty()) {
      why =
          "TensorFlow sees "
              + gpus.size()
              + " GPU"
              + (gpus.size() == 1 ? "" : "s")
              + ", numbered from 0; choose one of them";
    } else if (Devices.cudaNatives()) {
      why =
          "TensorFlow sees no GPU: check the driver (nvidia-smi), and that CUDA 12 and cuDNN 9 are on the library path"
              + " (--debug shows TensorFlow's own messages), or use --device cpu";
    } else {
      why =
          "these TensorFlow natives have no CUDA support; build with 'mvn -Pcuda package', or use --device cpu";
    }
    throw new VaeException("device " + device + " cannot be used: " + why);
  }
}
