package org.vaetf.tf;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/** The devices TensorFlow sees on this machine. */
public final class Devices {
  /** The first session that sees a GPU settles for the process how its memory is taken. */
  private static final ConfigProto GROWING =
      ConfigProto.newBuilder().setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true)).build();

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
   * Asks TensorFlow for its devices, through a session that lives for this call only.
   *
   * @return at least the CPU
   */
  @SuppressWarnings("try") // The scope frees every native object made inside it.
  public static List<Entry> list() {
    NativeLibraries.unpack();
    // The Java API has no call for this; the C API underneath does.
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TF_SessionOptions options = TF_SessionOptions.newSessionOptions();
      BytePointer growing = new BytePointer(GROWING.toByteArray());
      tensorflow.TF_SetConfig(options, growing, growing.capacity(), status);
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
    }
  }

  /**
   * The GPUs among them.
   *
   * @return in the order of their numbers; none where the natives were built without CUDA, which is
   *     known without asking
   */
  static List<Entry> gpus() {
    return cudaNatives() ? Gpus.FOUND : List.of();
  }

  /** Asked for once. */
  private static final class Gpus {
    static final List<Entry> FOUND =
        list().stream().filter(entry -> entry.type().equals("GPU")).toList();
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
