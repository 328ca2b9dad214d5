package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.vaetf.base.Samples;
import org.vaetf.model.Objective;
import org.vaetf.testing.Near;
import org.vaetf.tf.Array;

/**
 * The gradients of a loss against differences of its value, along random signs and along the
 * gradient's own, with a five-point difference: its error is of the order of step⁴, far below
 * single precision's.
 */
final class FiniteDifferences {
  private static final double STEP = 0.03;
  private static final double TOLERANCE = 3e-3;

  /** Of a loss in single precision, as it comes into a difference of five. */
  private static final double ROUNDING = 1e-7;

  private final LossGraph graph;
  private final Map<String, Array> weights;
  private final Samples x;
  private final long[] seed;

  FiniteDifferences(LossGraph graph, Map<String, Array> weights, Samples x, long[] seed) {
    this.graph = graph;
    this.weights = weights;
    this.x = x;
    this.seed = seed;
  }

  /** Every weight that has a gradient must have the loss's. */
  void assertGradients() {
    assertGradients(name -> Objective.LOSS);
  }

  /**
   * The same where weights follow different terms.
   *
   * @param termOf the term whose gradient a weight is to have
   */
  void assertGradients(UnaryOperator<String> termOf) {
    SplittableRandom random = new SplittableRandom(6);
    Map<String, Array> gradients = graph.gradients(weights, x, seed, 1);
    double noise = ROUNDING * Math.abs(graph.loss(weights, x, seed, 1)) / STEP;
    assertTrue(weights.keySet().containsAll(gradients.keySet()));
    gradients.forEach(
        (name, gradient) -> {
          assertArrayEquals(weights.get(name).shape(), gradient.shape(), name);
          float[] values = gradient.values();
          double[] signs =
              random.ints(values.length, 0, 2).mapToDouble(sign -> 2.0 * sign - 1).toArray();
          double[] uphill = Arrays.stream(Near.doubles(values)).map(Math::signum).toArray();
          assertTrue(Arrays.stream(uphill).anyMatch(g -> g != 0), name + ": no gradient but 0");
          for (double[] direction : List.of(signs, uphill)) {
            double slope = 0;
            for (int i = 0; i < values.length; i++) {
              slope += direction[i] * values[i];
            }
            double difference = difference(termOf.apply(name), name, direction);
            double tolerance = TOLERANCE + noise * Math.sqrt(values.length);
            assertNear(difference, slope, tolerance, "gradient of " + name);
          }
        });
  }

  /**
   * Weights at which the units of some layers are well on one side of a kink such as a leaky
   * relu's, half of them on each: differences must not step over one.
   *
   * @param weights by name
   * @param layer what the names of those layers' weights contain
   */
  static Map<String, Array> awayFromKinks(Map<String, Array> weights, String layer) {
    Map<String, Array> moved = new LinkedHashMap<>(weights);
    moved.replaceAll(
        (name, weight) -> {
          float[] values = weight.values().clone();
          for (int i = 0; i < values.length && name.contains(layer); i++) {
            values[i] = name.endsWith(".bias") ? (i % 2 == 0 ? 1 : -1) : 0.05f * values[i];
          }
          return new Array(weight.shape(), values);
        });
    return moved;
  }

  private double difference(String term, String name, double[] direction) {
    double step = STEP / Math.sqrt(direction.length);
    double[] values = new double[5];
    for (int i = -2; i <= 2; i++) {
      values[i + 2] = i == 0 ? 0 : value(term, name, direction, i * step);
    }
    return (8 * values[3] - 8 * values[1] - values[4] + values[0]) / (12 * step);
  }

  private double value(String term, String name, double[] direction, double step) {
    Array weight = weights.get(name);
    float[] moved = weight.values().clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] = (float) (moved[i] + step * direction[i]);
    }
    Map<String, Array> all = new LinkedHashMap<>(weights);
    all.put(name, new Array(weight.shape(), moved));
    return graph.terms(all, x, seed, 1).get(term);
  }
}
