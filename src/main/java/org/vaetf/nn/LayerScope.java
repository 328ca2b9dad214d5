package org.vaetf.nn;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What a layer needs to add itself to a graph: the graph, the weights, and the path its weights'
 * names begin with.
 *
 * @param tf the graph
 * @param weights where weights come from
 * @param path dotted, such as {@code encoder.dense1}; empty at the root
 */
public record LayerScope(Ops tf, Weights weights, String path) {

  /**
   * The scope of a part.
   *
   * @param name letters, digits, {@code _} and {@code -}
   * @return this path, a dot, and the name
   */
  public LayerScope child(String name) {
    return new LayerScope(tf, weights, join(name));
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
    return new LayerScope(tf, weights.held(), path);
  }

  private String join(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
