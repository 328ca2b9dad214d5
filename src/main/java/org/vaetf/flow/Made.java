package org.vaetf.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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

  private final Ops tf;
  private final List<Masked> hidden;
  private final Optional<Operand<TFloat32>> contextTerm;
  private final Masked output;

  private Made(
      Ops tf, List<Masked> hidden, Optional<Operand<TFloat32>> contextTerm, Masked output) {
    this.tf = tf;
    this.hidden = hidden;
    this.contextTerm = contextTerm;
    this.output = output;
  }

  /**
   * Adds the weights and what a context gives, to be used for any number of inputs.
   *
   * @param scope for the weights
   * @param latent how many dimensions
   * @param context numbers that every output may depend on, {@code [rows, any]}
   * @param widths of the hidden layers
   * @return the network
   */
  static Made of(LayerScope scope, int latent, Operand<TFloat32> context, List<Integer> widths) {
    boolean alone = context.shape().get(1) == 0;
    int[] inputs = degreesOfInputs(latent);
    int[] degrees = inputs;
    List<Masked> hidden = new ArrayList<>();
    for (int width : widths) {
      int[] next = degreesOfUnits(width, alone && latent > 1 ? 1 : 0, latent - 1);
      LayerScope layer = layer(scope, hidden.size());
      hidden.add(Masked.of(layer, degrees, next, false, 1));
      degrees = next;
    }
    int[] outputs = IntStream.concat(Arrays.stream(inputs), Arrays.stream(inputs)).toArray();
    return new Made(
        scope.tf(),
        hidden,
        alone
            ? Optional.empty()
            : Optional.of(contextTerm(layer(scope, 0), context, widths.get(0))),
        Masked.of(scope.child("output"), degrees, outputs, true, FIRST));
  }

  private static LayerScope layer(LayerScope scope, int index) {
    return scope.child("hidden" + (index + 1));
  }

  private static Operand<TFloat32> contextTerm(
      LayerScope scope, Operand<TFloat32> context, long units) {
    long width = context.shape().get(1);
    Shape shape = Shape.of(width, units);
    Operand<TFloat32> kernel = scope.weight("context.kernel", shape, Initializer.uniform(width));
    return scope.tf().linalg.matMul(context, kernel);
  }

  /**
   * Adds the network's outputs for some inputs.
   *
   * @param x {@code [rows, latent]}
   * @return shift and unbounded log-scale, {@code [rows, latent]} each
   */
  List<Operand<TFloat32>> apply(Operand<TFloat32> x) {
    Operand<TFloat32> features = x;
    for (int i = 0; i < hidden.size(); i++) {
      Operand<TFloat32> linear = hidden.get(i).apply(tf, features);
      if (i == 0 && contextTerm.isPresent()) {
        linear = tf.math.add(linear, contextTerm.get());
      }
      features = Activation.TANH.apply(tf, linear);
    }
    return Columns.parts(tf, output.apply(tf, features), 2);
  }

  /** A dense layer some of whose weights count as zero. */
  private record Masked(Operand<TFloat32> kernel, Operand<TFloat32> bias) {

    static Masked of(LayerScope scope, int[] from, int[] to, boolean strict, float first) {
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
      return new Masked(kernel, scope.weight("bias", Shape.of(to.length), Initializer.zeros()));
    }

    Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
      return tf.nn.biasAdd(tf.linalg.matMul(x, kernel), bias);
    }
  }

  private static int[] degreesOfInputs(int latent) {
    int[] degrees = new int[latent];
    for (int i = 0; i < latent; i++) {
      degrees[i] = i + 1;
    }
    return degrees;
  }

  /** Fewer units than degrees are spread over all of them, too. */
  private static int[] degreesOfUnits(int units, int least, int most) {
    int[] degrees = new int[units];
    for (int i = 0; i < units; i++) {
      degrees[i] = least + (int) ((long) i * (most - least + 1) / units);
    }
    return degrees;
  }
}
