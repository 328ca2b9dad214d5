package org.vaetf.sampler;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.data.Scaling;
import org.vaetf.model.LatentSampler;
import org.vaetf.nn.Initializer;
import org.vaetf.nn.LayerScope;
import org.vaetf.tf.Array;

/**
 * The units of latent points and those a network learns in: {@code u = (z − shift) / scale}, by
 * dimension. Latent spaces have any scale, an autoencoder's above all.
 *
 * @param tf the graph
 * @param shift {@code [latent]}
 * @param scale {@code [latent]}, above 0
 */
record Standardized(Ops tf, Operand<TFloat32> shift, Operand<TFloat32> scale) {
  private static final String SHIFT = "shift";
  private static final String SCALE = "scale";

  /** The units of a fitted sampler. */
  static Standardized in(LayerScope sampler, int latent) {
    return new Standardized(
        sampler.tf(),
        sampler.weight(SHIFT, Shape.of(latent), Initializer.zeros()),
        sampler.weight(SCALE, Shape.of(latent), Initializer.constant(1)));
  }

  /** The sampler's weights that hold the units. */
  static Map<String, Array> weights(Scaling scaling) {
    long[] shape = {scaling.shift().length};
    Map<String, Array> weights = new LinkedHashMap<>();
    weights.put(LatentSampler.PATH + "." + SHIFT, new Array(shape, scaling.shift()));
    weights.put(LatentSampler.PATH + "." + SCALE, new Array(shape, scaling.scale()));
    return weights;
  }

  /** The nats by which a log-density in z is below one in u: Σ log scale. */
  static double nats(Scaling scaling) {
    double sum = 0;
    for (float scale : scaling.scale()) {
      sum += Math.log(scale);
    }
    return sum;
  }

  Operand<TFloat32> toUnits(Operand<TFloat32> z) {
    return tf.math.div(tf.math.sub(z, shift), scale);
  }

  Operand<TFloat32> fromUnits(Operand<TFloat32> u) {
    return tf.math.add(tf.math.mul(u, scale), shift);
  }

  /** {@code log p(z) = log p(u) − Σ log scale}. */
  Operand<TFloat32> logDensity(Operand<TFloat32> logDensityOfUnits) {
    return tf.math.sub(logDensityOfUnits, tf.reduceSum(tf.math.log(scale), tf.constant(0)));
  }
}
