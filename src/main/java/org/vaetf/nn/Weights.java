package org.vaetf.nn;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Where layers get their weights. A name asked for twice is the same weight, so a decoder can be
 * applied at several places of a graph. Names are dotted paths ({@code encoder.dense1.kernel}).
 */
public final class Weights {

  /** Makes the operand of a weight that is asked for the first time. */
  @FunctionalInterface
  public interface Source {
    /**
     * The weight of a name.
     *
     * @param tf the graph to add it to
     * @param name its dotted path
     * @param shape its shape, fully known
     * @param initializer its first value, where it has none yet
     * @return the operand
     */
    Operand<TFloat32> weight(Ops tf, String name, Shape shape, Initializer initializer);
  }

  private final Source source;
  private final Map<String, Operand<TFloat32>> weights = new LinkedHashMap<>();
  private final Set<String> fixed;

  private Weights(Source source, Set<String> fixed) {
    this.source = source;
    this.fixed = fixed;
  }

  /**
   * Weights made by a source.
   *
   * @param source makes each weight, once
   * @return an empty collection that fills as layers ask
   */
  public static Weights from(Source source) {
    return new Weights(source, new HashSet<>());
  }

  /**
   * Weights that are there already: the inputs of a loop's body.
   *
   * @param given looks a weight up by name
   * @return the collection
   */
  public static Weights given(Function<String, Operand<TFloat32>> given) {
    return from((tf, name, shape, initializer) -> given.apply(name));
  }

  /**
   * The same weights, held: a loss that is computed through them does not move them.
   *
   * @return weights that are asked of these
   */
  public Weights held() {
    return new Weights(
        (tf, name, shape, initializer) -> tf.stopGradient(get(tf, name, shape, initializer)),
        fixed);
  }

  /**
   * A weight that training does not move.
   *
   * @param tf the graph to add it to if it is new
   * @param name its dotted path
   * @param shape its shape, fully known
   * @param initializer its first value
   * @return the operand, which has no gradient
   * @throws IllegalArgumentException if the name is taken by a weight of another shape
   */
  public Operand<TFloat32> getFixed(Ops tf, String name, Shape shape, Initializer initializer) {
    fixed.add(name);
    return tf.stopGradient(get(tf, name, shape, initializer));
  }

  /**
   * A weight.
   *
   * @param tf the graph to add it to if it is new
   * @param name its dotted path
   * @param shape its shape, fully known
   * @param initializer its first value
   * @return the operand, the same for the same name
   * @throws IllegalArgumentException if the name is taken by a weight of another shape
   */
  public Operand<TFloat32> get(Ops tf, String name, Shape shape, Initializer initializer) {
    Operand<TFloat32> weight =
        weights.computeIfAbsent(name, key -> source.weight(tf, key, shape, initializer));
    if (!weight.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "weight "
              + name
              + " has shape "
              + weight.shape()
              + "; a layer asks for "
              + shape
              + " under the same name");
    }
    return weight;
  }

  /**
   * All weights asked for so far.
   *
   * @return by name, in the order they were asked for first
   */
  public Map<String, Operand<TFloat32>> all() {
    return Collections.unmodifiableMap(weights);
  }

  /**
   * The weights that training moves: {@link #all} without the fixed ones.
   *
   * @return by name, in the order they were asked for first
   */
  public Map<String, Operand<TFloat32>> learned() {
    Map<String, Operand<TFloat32>> learned = new LinkedHashMap<>(weights);
    learned.keySet().removeAll(fixed);
    return learned;
  }
}
