package org.vaetf.sampler;

import java.util.Map;
import java.util.function.BiFunction;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Samples;
import org.vaetf.export.ExportedModel;
import org.vaetf.model.VaeGraph;
import org.vaetf.tf.Array;
import org.vaetf.tf.Compute;
import org.vaetf.tf.GraphSession;

/**
 * A density that the model's graph computes.
 *
 * @param model whose graph it is
 * @param weights of the sampler, by name
 * @param density of model and points {@code [rows, latent]}, nats {@code [rows]}
 * @param compute device and threads
 */
record GraphDensity(
    ExportedModel model,
    Map<String, Array> weights,
    BiFunction<VaeGraph, Operand<TFloat32>, Operand<TFloat32>> density,
    Compute compute)
    implements LatentDensity {
  private static final String Z = "z";
  private static final String DENSITY = "density";
  private static final int MOST_ROWS = 1000;

  @Override
  public double meanLog(Samples z) {
    double sum = 0;
    try (GraphSession session =
        GraphSession.build(
            compute,
            tf -> {
              VaeGraph vae = model.graph(tf, weights);
              Operand<TFloat32> points =
                  tf.withName(Z)
                      .placeholder(
                          TFloat32.class, Placeholder.shape(Shape.of(-1, vae.config().latent())));
              tf.withName(DENSITY).identity(density.apply(vae, points));
            })) {
      for (int from = 0; from < z.rows(); from += MOST_ROWS) {
        Samples some = z.slice(from, Math.min(z.rows(), from + MOST_ROWS));
        float[] nats = session.call().feed(Z, some).fetch(DENSITY).run().get(0).values();
        for (float one : nats) {
          sum += one;
        }
      }
    }
    return sum / z.rows();
  }
}
