package org.vaetf.model;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Where new points of a trained model's latent space come from in place of its prior, as operations
 * of the model's own graph. Weights lie under the path {@code sampler} of the graph's scope.
 * Everything random comes from one table of standard normal numbers, so that a seed gives the same
 * points wherever the graph runs.
 */
public interface LatentSampler {
  /** The path of a sampler's weights. */
  String PATH = "sampler";

  /**
   * How many normal numbers a draw takes.
   *
   * @param latent dimensions of z
   * @return at least 1
   */
  int noise(int latent);

  /**
   * Draws points.
   *
   * @param vae the trained model
   * @param noise standard normal, {@code [rows, noise(latent)]}
   * @return {@code [rows, latent]}
   */
  Operand<TFloat32> draw(VaeGraph vae, Operand<TFloat32> noise);
}
