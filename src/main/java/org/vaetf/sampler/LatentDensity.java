package org.vaetf.sampler;

import org.vaetf.base.Samples;

/** A density of the latent space. */
@FunctionalInterface
public interface LatentDensity {

  /**
   * The mean log-density of some points.
   *
   * @param z {@code [rows, latent]}, at least one row
   * @return nats
   */
  double meanLog(Samples z);
}
