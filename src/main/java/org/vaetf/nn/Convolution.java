package org.vaetf.nn;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Two-dimensional convolution, NHWC, padding {@code SAME}: a stride s takes height h to {@code
 * ceil(h / s)}. The transposed convolution is its adjoint and goes back to exactly the height and
 * width it is given, odd ones too.
 */
public final class Convolution {
  private static final String PADDING = "SAME";

  private Convolution() {}

  /**
   * A layer's geometry.
   *
   * @param filters output channels
   * @param kernel height and width of the kernel
   * @param stride step in both directions
   */
  public record Geometry(long filters, long kernel, long stride) {

    /** From the finer side, about kernel² / stride² positions of the coarser one are reached. */
    private long reached(long channels) {
      return Math.max(1, kernel * kernel / (stride * stride)) * channels;
    }
  }

  /**
   * Adds a convolution.
   *
   * @param scope holds {@code kernel} {@code [kernel, kernel, channels, filters]} and {@code bias}
   *     {@code [filters]}
   * @param x {@code [batch, height, width, channels]}
   * @param geometry filters, kernel size and stride
   * @param activation applied to each output
   * @return {@code [batch, ceil(height / stride), ceil(width / stride), filters]}
   */
  public static Operand<TFloat32> apply(
      LayerScope scope, Operand<TFloat32> x, Geometry geometry, Activation activation) {
    Ops tf = scope.tf();
    long channels = x.shape().get(-1);
    long area = geometry.kernel * geometry.kernel;
    Operand<TFloat32> kernel =
        scope.weight(
            "kernel",
            Shape.of(geometry.kernel, geometry.kernel, channels, geometry.filters),
            scope.firstKernels().kernel(area * channels, geometry.reached(geometry.filters)));
    Operand<TFloat32> bias = scope.weight("bias", Shape.of(geometry.filters), Initializer.zeros());
    Operand<TFloat32> y = scope.multiply(new Sliding(tf, geometry.stride)::over, x, kernel);
    return activation.apply(tf, tf.nn.biasAdd(y, bias));
  }

  /**
   * Adds a transposed convolution without activation.
   *
   * @param scope holds {@code kernel} {@code [kernel, kernel, filters, channels]} and {@code bias}
   *     {@code [filters]}
   * @param x {@code [batch, ceil(height / stride), ceil(width / stride), channels]}
   * @param geometry filters, kernel size and stride
   * @param height of the output
   * @param width of the output
   * @return {@code [batch, height, width, filters]}
   */
  public static Operand<TFloat32> transposed(
      LayerScope scope, Operand<TFloat32> x, Geometry geometry, long height, long width) {
    Ops tf = scope.tf();
    long channels = x.shape().get(-1);
    long area = geometry.kernel * geometry.kernel;
    Operand<TFloat32> kernel =
        scope.weight(
            "kernel",
            Shape.of(geometry.kernel, geometry.kernel, geometry.filters, channels),
            scope.firstKernels().kernel(geometry.reached(channels), area * geometry.filters));
    Operand<TFloat32> bias = scope.weight("bias", Shape.of(geometry.filters), Initializer.zeros());
    Operand<TInt32> size =
        tf.concat(
            List.of(
                tf.slice(tf.shape(x), tf.constant(new int[] {0}), tf.constant(new int[] {1})),
                tf.constant(new int[] {(int) height, (int) width, (int) geometry.filters})),
            tf.constant(0));
    Operand<TFloat32> y = scope.multiply(new Spreading(tf, size, geometry.stride)::over, x, kernel);
    // The batch is unknown, so TensorFlow forgets the other sizes too: state them again.
    return tf.reshape(
        tf.nn.biasAdd(y, bias), tf.constant(new long[] {-1, height, width, geometry.filters}));
  }

  private static List<Long> strides(long stride) {
    return List.of(1L, stride, stride, 1L);
  }

  /** A kernel slides over the input, by a step. */
  private record Sliding(Ops tf, long stride) {
    <T extends TNumber> Operand<T> over(Operand<T> x, Operand<T> kernel) {
      return tf.nn.conv2d(x, kernel, strides(stride), PADDING);
    }
  }

  /** Its adjoint: each input spreads a kernel over an output of some size. */
  private record Spreading(Ops tf, Operand<TInt32> size, long stride) {
    <T extends TNumber> Operand<T> over(Operand<T> x, Operand<T> kernel) {
      return tf.nn.conv2dBackpropInput(size, kernel, x, strides(stride), PADDING);
    }
  }
}
