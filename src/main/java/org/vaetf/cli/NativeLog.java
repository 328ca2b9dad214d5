package org.vaetf.cli;

import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.tf.Compute;
import org.vaetf.tf.GraphSession;

/**
 * Keeps what TensorFlow and the JVM say on first use off the screen.
 *
 * <p>TensorFlow reads its log level from the environment of the process when its library is loaded,
 * so it must be set from inside before that. Two messages do not heed it: the note of the graph
 * optimizer at the first run of a session ("MLIR V1 optimization pass is not enabled"), and, from
 * Java 24 on, the JVM's warning when TensorFlow's arrays first touch {@code sun.misc.Unsafe}. Both
 * come once in a process: one tiny run provokes them while standard error goes nowhere.
 */
final class NativeLog {
  private static boolean silenced;

  private NativeLog() {}

  /** Loads TensorFlow without a sound. Only the first call does something. */
  static synchronized void silence() {
    if (!silenced) {
      silenced = true;
      StandardError.setEnvironment("TF_CPP_MIN_LOG_LEVEL", "3");
      StandardError.muted(NativeLog::warmUp);
    }
  }

  private static void warmUp() {
    try (GraphSession session =
        GraphSession.build(
            Compute.defaults(),
            tf ->
                tf.withName("out")
                    .math
                    .neg(
                        tf.withName("in")
                            .placeholder(
                                TFloat32.class,
                                Placeholder.shape(org.tensorflow.ndarray.Shape.of(-1, 1)))))) {
      session.call().feed("in", new Samples(RowShape.of(1), new float[] {0})).fetch("out").run();
    }
  }
}
