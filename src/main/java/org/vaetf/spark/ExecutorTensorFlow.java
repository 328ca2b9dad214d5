package org.vaetf.spark;

import org.vaetf.tf.Devices;
import org.vaetf.tf.Natives;
import org.vaetf.tf.StartUp;

/** TensorFlow in the JVM of a task, or of the driver. */
final class ExecutorTensorFlow {
  private ExecutorTensorFlow() {}

  /** Loads the natives, once. */
  static void start() {
    StartUp.prepare();
    Natives.load(Devices::tensorFlowVersion);
  }
}
