package org.vaetf.tf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.TensorFlow;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.vaetf.base.VaeException;

/** The devices TensorFlow sees on this machine. */
public final class Devices {
  private static final Map<Integer, Boolean> GPUS = new ConcurrentHashMap<>();

  private Devices() {}

  /**
   * One device.
   *
   * @param name TensorFlow's name, {@code /job:localhost/replica:0/task:0/device:CPU:0}
   * @param type {@code CPU} or {@code GPU}
   * @param memoryBytes memory TensorFlow may use on it; for the CPU a nominal figure
   */
  public record Entry(String name, String type, long memoryBytes) {}

  /**
   * Asks TensorFlow for its devices, through a session that lives for this call only. Afterwards
   * this process can compute on no GPU but the first: TensorFlow does not renumber them.
   *
   * @return at least the CPU
   */
  public static List<Entry> list() {
    return list(GPUOptions.newBuilder().setAllowGrowth(true).build());
  }

  /**
   * How a session takes one GPU, which is then its only one. GPU memory grows with need instead of
   * being taken whole; the first session that sees a GPU settles that for the process.
   *
   * @param index of the GPU, from 0
   * @return options
   */
  static GPUOptions only(int index) {
    return GPUOptions.newBuilder()
        .setAllowGrowth(true)
        .setVisibleDeviceList(String.valueOf(index))
        .build();
  }

  /**
   * Whether a session can compute on a GPU. Asks TensorFlow with the options of such a session,
   * once for a GPU: other options would settle for the process which GPU is which.
   *
   * @param index of the GPU, from 0
   * @return true if it can; false where the natives were built without CUDA, which is known without
   *     asking
   * @throws VaeException if TensorFlow has GPUs, but not this one for this process
   */
  static boolean hasGpu(int index) {
    return cudaNatives()
        && GPUS.computeIfAbsent(
            index,
            asked -> list(only(asked)).stream().anyMatch(entry -> entry.type().equals("GPU")));
  }

  @SuppressWarnings("try") // The scope frees every native object made inside it.
  private static List<Entry> list(GPUOptions gpus) {
    NativeLibraries.unpack();
    // The Java API has no call for this; the C API underneath does.
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TF_SessionOptions options = TF_SessionOptions.newSessionOptions();
      BytePointer config =
          new BytePointer(ConfigProto.newBuilder().setGpuOptions(gpus).build().toByteArray());
      tensorflow.TF_SetConfig(options, config, config.capacity(), status);
      status.throwExceptionIfNotOK();
      TF_Session session = TF_Session.newSession(TF_Graph.newGraph(), options, status);
      status.throwExceptionIfNotOK();
      TF_DeviceList devices = tensorflow.TF_SessionListDevices(session, status);
      status.throwExceptionIfNotOK();
      List<Entry> entries = new ArrayList<>();
      for (int i = 0; i < tensorflow.TF_DeviceListCount(devices); i++) {
        entries.add(
            new Entry(
                tensorflow.TF_DeviceListName(devices, i, status).getString(),
                tensorflow.TF_DeviceListType(devices, i, status).getString(),
                tensorflow.TF_DeviceListMemoryBytes(devices, i, status)));
      }
      tensorflow.TF_DeleteDeviceList(devices);
      return List.copyOf(entries);
    } catch (TensorFlowException | IllegalArgumentException e) {
      throw new VaeException(
          "TensorFlow refuses its devices ("
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
              + "); a GPU's number is below that of GPUs, and a process computes on one of them only",
          e);
    }
  }

  /**
   * Whether the natives on the class path were built with CUDA.
   *
   * @return true for the classifier {@code linux-x86_64-gpu}
   */
  public static boolean cudaNatives() {
    return TensorFlow.class.getResource(
            "/org/tensorflow/internal/c_api/linux-x86_64-gpu/libjnitensorflow.so")
        != null;
  }

  /**
   * The version of the TensorFlow natives.
   *
   * @return such as {@code 2.18.0}
   */
  public static String tensorFlowVersion() {
    NativeLibraries.unpack();
    return TensorFlow.version();
  }
}
