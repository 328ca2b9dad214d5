package org.vaetf.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.VaeException;
import org.vaetf.nn.Flat;

/** The gradients of a loss, and what is done to them before they move a weight. */
final class Gradients {
  /** What TensorFlow says of a weight that no path leads to. */
  private static final Pattern UNREACHABLE = Pattern.compile("node '(.+)' as it's unreachable");

  private Gradients() {}

  /**
   * Adds the gradients to a graph.
   *
   * @param tf the graph
   * @param loss float32 {@code []}
   * @param weights by name
   * @return the gradient of each weight, of its shape, by name
   * @throws VaeException if an operation has no gradient, or the loss does not depend on a weight
   */
  static Map<String, Operand<TFloat32>> of(
      Ops tf, Operand<TFloat32> loss, Map<String, Operand<TFloat32>> weights) {
    Output<?>[] variables =
        weights.values().stream().map(Operand::asOutput).toArray(Output<?>[]::new);
    Output<?>[] gradients = add(tf, loss, variables);
    Map<String, Operand<TFloat32>> byName = new LinkedHashMap<>();
    int i = 0;
    for (String name : weights.keySet()) {
      Output<?> gradient = gradients[i++];
      if (gradient.isClosed()) {
        throw withoutGradient(name);
      }
      byName.put(name, gradient.expect(TFloat32.class));
    }
    return byName;
  }

  private static VaeException withoutGradient(String weight) {
    return new VaeException(
        "weight "
            + weight
            + " has no gradient: the loss does not depend on it, or only through an operation that has none;"
            + " remove the weight or change the network");
  }

  private static Output<?>[] add(Ops tf, Operand<TFloat32> loss, Output<?>[] variables) {
    try {
      // Where the loss's own gradient is not given, TensorFlow makes ones like the loss, and so
      // computes the loss.
      Output<?>[] one = {tf.constant(1f).asOutput()};
      return ((Graph) tf.scope().env())
          .addGradients(null, new Output<?>[] {loss.asOutput()}, variables, one);
    } catch (TensorFlowException | TFInvalidArgumentException e) {
      Matcher unreachable = UNREACHABLE.matcher(String.valueOf(e.getMessage()));
      if (unreachable.find()) {
        throw withoutGradient(unreachable.group(1));
      }
      throw new VaeException(
          "the loss cannot be differentiated ("
              + e.getMessage().lines().findFirst().orElse("")
              + "); replace the operation in the network",
          e);
    }
  }

  /**
   * Whether all gradients are finite.
   *
   * @param tf the graph
   * @param gradients by name
   * @return bool {@code []}
   */
  static Operand<TBool> areFinite(Ops tf, Map<String, Operand<TFloat32>> gradients) {
    List<Operand<TBool>> each =
        gradients.values().stream()
            .<Operand<TBool>>map(
                gradient ->
                    tf.all(
                        tf.math.isFinite(tf.reshape(gradient, tf.constant(new int[] {-1}))),
                        tf.constant(0)))
            .toList();
    return tf.all(tf.stack(each), tf.constant(0));
  }

  /**
   * A value, or zeros of its shape.
   *
   * @param tf the graph
   * @param whether bool {@code []}
   * @param value of any shape
   * @return {@code whether ? value : 0}
   */
  static Operand<TFloat32> orZero(Ops tf, Operand<TBool> whether, Operand<TFloat32> value) {
    return tf.select(whether, value, tf.constant(0f));
  }

  /**
   * Clips by value, then by the norm of all gradients together.
   *
   * @param tf the graph
   * @param gradients by name
   * @param config the limits
   * @return gradients within the limits, by name
   */
  static Map<String, Operand<TFloat32>> clip(
      Ops tf, Map<String, Operand<TFloat32>> gradients, OptimizerConfig config) {
    Map<String, Operand<TFloat32>> clipped = new LinkedHashMap<>(gradients);
    if (config.clipValue() > 0) {
      Operand<TFloat32> limit = tf.constant((float) config.clipValue());
      clipped.replaceAll((name, gradient) -> tf.clipByValue(gradient, tf.math.neg(limit), limit));
    }
    if (config.clipNorm() > 0) {
      List<Operand<TFloat32>> squares =
          clipped.values().stream()
              .<Operand<TFloat32>>map(
                  gradient ->
                      tf.reduceSum(
                          tf.math.square(tf.reshape(gradient, tf.constant(new int[] {-1}))),
                          tf.constant(0)))
              .toList();
      Operand<TFloat32> norm = tf.math.sqrt(tf.math.addN(squares));
      Operand<TFloat32> limit = tf.constant((float) config.clipNorm());
      Operand<TFloat32> factor = tf.math.div(limit, tf.math.maximum(norm, limit));
      clipped.replaceAll((name, gradient) -> tf.math.mul(gradient, factor));
    }
    return clipped;
  }

  /**
   * Gradients that were put in one row by {@link Flat#row}.
   *
   * @param tf the graph
   * @param row {@code [sizes together]}
   * @param weights by name
   * @return the gradient of each weight, of its shape, by name
   */
  static Map<String, Operand<TFloat32>> parts(
      Ops tf, Operand<TFloat32> row, Map<String, Operand<TFloat32>> weights) {
    List<Operand<TFloat32>> parts =
        Flat.parts(tf, row, weights.values().stream().map(Operand::shape).toList());
    Map<String, Operand<TFloat32>> byName = new LinkedHashMap<>();
    weights.keySet().forEach(name -> byName.put(name, parts.get(byName.size())));
    return byName;
  }

  /**
   * The same gradients, ready only when some other operations are done.
   *
   * @param tf the graph
   * @param gradients by name
   * @param first what must be done before any weight moves
   * @return gradients by name
   */
  static Map<String, Operand<TFloat32>> after(
      Ops tf, Map<String, Operand<TFloat32>> gradients, List<? extends Op> first) {
    Ops later = tf.withControlDependencies(List.copyOf(first));
    Map<String, Operand<TFloat32>> ordered = new LinkedHashMap<>(gradients);
    ordered.replaceAll((name, gradient) -> later.identity(gradient));
    return ordered;
  }
}
