package org.vaetf.tf;

import java.io.IOException;
import org.bytedeco.javacpp.Loader;
import org.tensorflow.TensorFlow;

/**
 * TensorFlow's native libraries before they are loaded.
 *
 * <p>JavaCPP unpacks a library when it loads it, and mends one that is not whole. But the first it
 * loads needs the second, which the system then takes from beside it as it is: half unpacked if a
 * process was killed at it, or if another is at it just now, and that ends this process with a bus
 * error, each time anew. So the second is unpacked first.
 */
final class NativeLibraries {
  private static final String[] NEEDED_BY_OTHERS = {
    "libtensorflow_framework.so.2", "libtensorflow_framework.2.dylib"
  };

  private static boolean unpacked;

  private NativeLibraries() {}

  /**
   * Must be called before TensorFlow is first touched. Only the first call does something.
   *
   * @throws UnsatisfiedLinkError if they cannot be unpacked
   */
  static synchronized void unpack() {
    if (unpacked) {
      return;
    }
    String folder =
        "/org/tensorflow/internal/c_api/"
            + Loader.getPlatform()
            + (Devices.cudaNatives() ? "-gpu/" : "/");
    try {
      for (String library : NEEDED_BY_OTHERS) {
        Loader.cacheResources(TensorFlow.class, folder + library);
      }
    } catch (IOException e) {
      UnsatisfiedLinkError error = new UnsatisfiedLinkError(e.toString());
      error.initCause(e);
      throw error;
    }
    unpacked = true;
  }
}
