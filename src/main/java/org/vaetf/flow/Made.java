package org.vaetf.flow;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.nn.Activation;
import org.vaetf.nn.Columns;
import org.vaetf.nn.Initializer;
import org.vaetf.nn.LayerScope;

/**
 * A masked autoencoder: dense layers whose outputs for dimension i depend on the inputs before i,
 * and on a context. Input i has degree i, from 1; hidden units have degrees from 1 to latent − 1,
 * evenly spread, or from 0 where there is a context: units of degree 0 see nothing else. A weight
 * is kept where the degree does not fall, and to an output where it rises. Germain et al., arXiv
 * 1502.03509, equations 8 and 9. The last layer begins near zero, so that a flow begins near the
 * identity.
 */
final class Made {
  private static final float FIRST = 0.01f;

  private Made() {}

  /**
   * Adds the network.
   *
   * @param scope for its weights
   * @param x {@code [rows, latent]}
   * @param context numbers that every output may depend on, {@code [rows, any]}
   * @param hidden widths of the hidden layers
   * @return shift and unbounded log-scale, {@code [rows, latent]} each
   */
  static List<Operand<TFloat32>> apply(
      LayerScope scope, Operand<TFloat32> x, Operand<TFloat32> context, List<Integer> hidden) {
    Ops tf = scope.tf();
    int latent = (int) x.shape().get(1);
    boolean alone = context.shape().get(1) == 0;
    int[] degrees = inputDegrees(latent);
    Operand<TFloat32> features = x;
    for (int i = 0; i < hidden.size(); i++) {
      int[] next = hiddenDegrees(hidden.get(i), alone && latent > 1 ? 1 : 0, latent - 1);
      LayerScope layer = scope.child("hidden" + (i + 1));
      Operand<TFloat32> linear = masked(layer, features, degrees, next, false, 1);
      if (i == 0 && !alone) {
        linear = tf.math.add(linear, contextTerm(layer, context, next.length));
      }
      features = Activation.TANH.apply(tf, linear);
      degrees = next;
    }
    int[] outputs = inputDegrees(latent);
    int[] both = new int[2 * latent];
    System.arraycopy(outputs, 0, both, 0, latent);
    System.arraycopy(outputs, 0, both, latent, latent);
    return Columns.parts(
        tf, masked(scope.child("output"), features, degrees, both, true, FIRST), 2);
  }

  private static Operand<TFloat32> masked(
      LayerScope scope, Operand<TFloat32> x, int[] from, int[] to, boolean strict, float first) {
    Ops tf = scope.tf();
    Shape shape = Shape.of(from.length, to.length);
    float[] mask = new float[from.length * to.length];
    for (int i = 0; i < from.length; i++) {
      for (int j = 0; j < to.length; j++) {
        mask[i * to.length + j] = (strict ? to[j] > from[i] : to[j] >= from[i]) ? 1 : 0;
      }
    }
    Operand<TFloat32> kernel =
        tf.math.mul(
            scope.weight("kernel", shape, Initializer.uniform(from.length).times(first)),
            tf.constant(shape, DataBuffers.of(mask, true, false)));
    Operand<TFloat32> bias = scope.weight("bias", Shape.of(to.length), Initializer.zeros());
    return tf.nn.biasAdd(tf.linalg.matMul(x, kernel), bias);
  }

  private static Operand<TFloat32> contextTerm(
      LayerScope scope, Operand<TFloat32> context, long units) {
    long width = context.shape().get(1);
    return scope
        .tf()
        .linalg
        .matMul(
            context,
            scope.weight("context.kernel", Shape.of(width, units), Initializer.uniform(width)));
  }

  private static int[] inputDegrees(int latent) {
    int[] degrees = new int[latent];
    for (int i = 0; i < latent; i++) {
      degrees[i] = i + 1;
    }
    return degrees;
  }

  /** Fewer units than degrees are spread over all of them, too. */
  private static int[] hiddenDegrees(int units, int least, int most) {
    int[] degrees = new int[units];
    for (int i = 0; i < units; i++) {
      degrees[i] = least + (int) ((long) i * (most - least + 1) / units);
    }
    return degrees;
  }
}
