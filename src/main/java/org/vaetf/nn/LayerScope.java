package org.vaetf.nn;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What a layer needs to add itself to a graph: the graph, the weights, the path its weights' names
 * begin with, the numbers it multiplies in, and what its kernel is before training.
 *
 * @param tf the graph
 * @param weights where weights come from
 * @param path dotted, such as {@code encoder.dense1}; empty at the root
 * @param precision of layers' products
 * @param firstKernels what kernels are before training
 */
public record LayerScope(
    Ops tf, Weights weights, String path, Precision precision, FirstKernels firstKernels) {

  /**
   * A scope whose layers multiply in float32.
   *
   * @param tf the graph
   * @param weights where weights come from
   * @param path dotted, such as {@code encoder.dense1}; empty at the root
   */
  public LayerScope(Ops tf, Weights weights, String path) {
    this(tf, weights, path, Precision.FLOAT32, FirstKernels.FAN_IN);
  }

  /**
   * The scope of a part.
   *
   * @param name letters, digits, {@code _} and {@code -}
   * @return this path, a dot, and the name
   */
  public LayerScope child(String name) {
    return new LayerScope(tf, weights, join(name), precision, firstKernels);
  }

  /**
   * A weight of this scope.
   *
   * @param name letters, digits, {@code _} and {@code -}: {@code kernel}, {@code bias}
   * @param shape its shape, fully known
   * @param initializer its first value
   * @return the operand
   */
  public Operand<TFloat32> weight(String name, Shape shape, Initializer initializer) {
    return weights.get(tf, join(name), shape, initializer);
  }

  /**
   * A weight of this scope that training does not move.
   *
   * @param name letters, digits, {@code _} and {@code -}
   * @param shape its shape, fully known
   * @param initializer its first value
   * @return the operand, which has no gradient
   */
  public Operand<TFloat32> fixed(String name, Shape shape, Initializer initializer) {
    return weights.getFixed(tf, join(name), shape, initializer);
  }

  /**
   * The same scope over the same weights, which have no gradient here.
   *
   * @return a scope to add a second use of the weights in
   */
  public LayerScope held() {
    return new LayerScope(tf, weights.held(), path, precision, firstKernels);
  }

  /**
   * Adds a layer's product to the graph, in this scope's precision.
   *
   * @param product of a method reference
   * @param x the input
   * @param kernel the layer's
   * @return the product, of the shape that {@code product} gives it
   */
  Operand<TFloat32> multiply(
      Precision.Product product, Operand<TFloat32> x, Operand<TFloat32> kernel) {
    return precision.multiply(tf, product, x, kernel);
  }

  private String join(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
