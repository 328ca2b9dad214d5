package org.vaetf.nn;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;
import org.vaetf.base.Named;

/**
 * The numbers that layers multiply in, forward and backward. Everything else is float32 whatever
 * this is: weights, what the optimizer knows of them, biases, activations, noise, flows, densities
 * and the loss. So a checkpoint says nothing of it, and no loss needs scaling.
 *
 * <p>A bfloat16 has the range of a float32 and 8 of its 24 significant bits: each factor, and each
 * product of a layer, is rounded by up to 1 part in 256 (Kalamkar et al., "A Study of BFLOAT16 for
 * Deep Learning Training", arXiv 1905.12322).
 */
public enum Precision implements Named {
  /**
   * Single precision, but for what a GPU makes of it: cards since Ampere round the factors of a
   * product to 11 significant bits (TensorFloat-32).
   */
  FLOAT32,
  /** Factors and products of layers in half the space: faster where the hardware has it. */
  BFLOAT16;

  /** What a layer does with its input and its kernel: a matrix product, a convolution. */
  @FunctionalInterface
  interface Product {
    /**
     * Adds it to a graph.
     *
     * @param x the input
     * @param kernel the layer's
     * @param <T> the numbers
     * @return their product
     */
    <T extends TNumber> Operand<T> of(Operand<T> x, Operand<T> kernel);
  }

  /**
   * Adds a layer's product to a graph.
   *
   * @param tf the graph
   * @param product of a method reference
   * @param x the input
   * @param kernel the layer's
   * @return the product, of the shape that {@code product} gives it
   */
  Operand<TFloat32> multiply(
      Ops tf, Product product, Operand<TFloat32> x, Operand<TFloat32> kernel) {
    if (this == FLOAT32) {
      return product.of(x, kernel);
    }
    return tf.dtypes.cast(
        product.of(tf.dtypes.cast(x, TBfloat16.class), tf.dtypes.cast(kernel, TBfloat16.class)),
        TFloat32.class);
  }
}
