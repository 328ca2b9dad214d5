package org.vaetf.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.tf.Array;
import org.vaetf.tf.Compute;
import org.vaetf.tf.Device;
import org.vaetf.tf.GraphSession;

/** Builds a graph, runs it once on one thread, and closes it. */
public final class Evaluate {
  /** One thread: tiny graphs are faster so. */
  public static final Compute ONE_THREAD = new Compute(Device.CPU, 1);

  private Evaluate() {}

  /** The values of some operands, in order. */
  public static List<Array> all(Function<Ops, List<Operand<TFloat32>>> graph) {
    List<String> names = new ArrayList<>();
    try (GraphSession session =
        GraphSession.build(
            ONE_THREAD,
            tf -> {
              for (Operand<TFloat32> operand : graph.apply(tf)) {
                names.add(operand.op().name() + ":" + operand.asOutput().index());
              }
            })) {
      GraphSession.Call call = session.call();
      names.forEach(call::fetch);
      return call.run();
    }
  }

  /** The value of one operand. */
  public static Array one(Function<Ops, Operand<TFloat32>> graph) {
    return all(tf -> List.of(graph.apply(tf))).get(0);
  }

  /** A constant of a shape. */
  public static Operand<TFloat32> constant(Ops tf, Array array) {
    return tf.constant(Shape.of(array.shape()), DataBuffers.of(array.values(), false, false));
  }

  /** TensorFlow's stateless normal numbers of a seed, {@code [rows, columns]}. */
  public static float[] normal(int rows, int columns, long first, long second) {
    return one(tf ->
            tf.random.statelessRandomNormal(
                tf.constant(new int[] {rows, columns}), tf.constant(new long[] {first, second})))
        .values();
  }
}
