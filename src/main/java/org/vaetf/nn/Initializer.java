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
   * Uniform in {@code ±1 / sqrt(fanIn)}, a third of the variance that LeCun et al., "Efficient
   * BackProp" (1998), section 4.6, ask for; the first values of linear and convolution layers in
   * PyTorch. Measured on digits, wider rules (Glorot's, He's) cost a VAE up to a nat after ten
   * epochs.
   *
   * @param fanIn inputs of a unit
   * @return the initializer of kernels
   */
  static Initializer uniform(long fanIn) {
    return FirstKernels.FAN_IN.kernel(fanIn, 1);
  }

  /**
   * Uniform around 0.
   *
   * @param limit the greatest magnitude
   * @return the initializer
   */
  static Initializer uniformWithin(double limit) {
    return (tf, shape, seed) ->
        tf.math.mul(
            tf.math.sub(
                tf.random.statelessRandomUniform(
                    tf.constant(shape.asArray()), seed, TFloat32.class),
                tf.constant(0.5f)),
            tf.constant((float) (2 * limit)));
  }

  /**
   * The same values, all larger or smaller.
   *
   * @param factor what each is multiplied by
   * @return the initializer
   */
  default Initializer times(float factor) {
    return factor == 1
        ? this
        : (tf, shape, seed) -> tf.math.mul(value(tf, shape, seed), tf.constant(factor));
  }

  /**
   * Normal around 0.
   *
   * @param deviation the standard deviation
   * @return the initializer
   */
  static Initializer normal(float deviation) {
    return (tf, shape, seed) ->
        tf.math.mul(
            tf.random.statelessRandomNormal(tf.constant(shape.asArray()), seed),
            tf.constant(deviation));
  }
}
