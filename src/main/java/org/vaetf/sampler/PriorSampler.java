package org.vaetf.sampler;

import java.util.Map;
import java.util.Optional;

/** The model's own prior, as a model has it that was never given another sampler. */
public record PriorSampler() implements Sampler {

  @Override
  public Fit fit(LatentRows latents) {
    return new Fit(Optional.empty(), Map.of(), Optional.of(density(latents)), Map.of());
  }

  /** What the other samplers are held against. */
  static LatentDensity density(LatentRows latents) {
    return new GraphDensity(
        latents.model(), Map.of(), (vae, z) -> vae.prior().logDensity(z), latents.compute());
  }
}
