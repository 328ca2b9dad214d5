package org.vaetf.nn;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * The first value of a weight, the same for the same seed: made by TensorFlow's stateless
 * generators.
 */
@FunctionalInterface
public interface Initializer {

  /**
   * Adds the first value to a graph.
   *
   * @param tf the graph
   * @param shape the weight's shape, fully known
   * @param seed int64 {@code [2]}, of this weight alone
   * @return float32 of that shape
   */
  Operand<TFloat32> value(Ops tf, Shape shape, Operand<TInt64> seed);

  /**
   * All zeros.
   *
   * @return the initializer of biases
   */
  static Initializer zeros() {
    return constant(0);
  }

  /**
   * One value everywhere.
   *
   * @param value the value
   * @return the initializer
   */
  static Initializer constant(float value) {
    return (tf, shape, seed) -> tf.fill(tf.constant(shape.asArray()), tf.constant(value));
  }

  /**
   * Uniform in {@code ±sqrt(6 / (fanIn + fanOut))}: Glorot and Bengio, "Understanding the
   * difficulty of training deep feedforward neural networks" (2010), equation 16. For linear, tanh
   * and sigmoid units.
   *
   * @param fanIn inputs of a unit
   * @param fanOut units an input feeds
   * @return the initializer
   */
  static Initializer glorotUniform(long fanIn, long fanOut) {
    return uniform(Math.sqrt(6.0 / (fanIn + fanOut)));
  }

  /**
   * Uniform in {@code ±sqrt(6 / fanIn)}: He et al., "Delving deep into rectifiers", arXiv
   * 1502.01852, equation 10. For units of the relu family.
   *
   * @param fanIn inputs of a unit
   * @return the initializer
   */
  static Initializer heUniform(long fanIn) {
    return uniform(Math.sqrt(6.0 / fanIn));
  }

  private static Initializer uniform(double limit) {
    return (tf, shape, seed) ->
        tf.math.mul(
            tf.math.sub(
                tf.random.statelessRandomUniform(
                    tf.constant(shape.asArray()), seed, TFloat32.class),
                tf.constant(0.5f)),
            tf.constant((float) (2 * limit)));
  }
}
