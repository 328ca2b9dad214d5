package org.vaetf.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.vaetf.nn.LayerScope;
import org.vaetf.nn.Weights;
import org.vaetf.tf.Array;

/**
 * Weights for layers that are tried without a model: numbers between −spread and spread, which
 * depend on the seed and on the weight's name alone.
 */
public final class RandomWeights {
  private final long seed;
  private final double spread;
  private final Map<String, Array> made = new LinkedHashMap<>();

  /** Weights of a seed. */
  public RandomWeights(long seed, double spread) {
    this.seed = seed;
    this.spread = spread;
  }

  /** A scope whose weights are constants of the graph. */
  public LayerScope scope(Ops tf) {
    Weights weights =
        Weights.from((ops, name, shape, first) -> Evaluate.constant(ops, make(name, shape)));
    return new LayerScope(tf, weights, "");
  }

  /** What was asked for so far. */
  public Map<String, Array> made() {
    return made;
  }

  private Array make(String name, Shape shape) {
    Array array =
        random(new SplittableRandom(seed * 31 + name.hashCode()), spread, shape.asArray());
    made.put(name, array);
    return array;
  }

  /** Numbers between −spread and spread. */
  public static Array random(long seed, double spread, long... shape) {
    return random(new SplittableRandom(seed), spread, shape);
  }

  private static Array random(SplittableRandom random, double spread, long... shape) {
    float[] values = new float[Math.toIntExact(Shape.of(shape).size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (spread * (2 * random.nextDouble() - 1));
    }
    return new Array(shape, values);
  }
}
