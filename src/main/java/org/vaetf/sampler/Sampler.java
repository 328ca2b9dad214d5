package org.vaetf.sampler;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import java.util.Optional;
import org.vaetf.base.VaeException;
import org.vaetf.model.LatentSampler;
import org.vaetf.model.ModelConfig;
import org.vaetf.tf.Array;

/**
 * The sampler axis: where new z come from after training. The decoder has learned from draws of the
 * aggregated posterior, the mean of q(z|x) over the data; where that is not the prior, a model of
 * it gives better data than the prior does.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = PriorSampler.class, name = "prior"),
  @JsonSubTypes.Type(value = NormalMixtureSampler.class, name = "normal-mixture"),
  @JsonSubTypes.Type(value = FlowSampler.class, name = "flow"),
  @JsonSubTypes.Type(value = TwoStageSampler.class, name = "two-stage"),
  @JsonSubTypes.Type(value = VampSampler.class, name = "vamp"),
})
public interface Sampler {

  /**
   * Which point of its posterior stands for a row of data.
   *
   * @return draws, unless the settings say otherwise
   */
  default Latents latents() {
    return Latents.DRAWS;
  }

  /**
   * Refuses some models.
   *
   * @param model the trained model
   * @throws org.vaetf.base.ConfigException if this sampler cannot stand for its latent space
   */
  default void requireFits(ModelConfig model) {}

  /**
   * Fits the sampler.
   *
   * @param latents of the rows to learn from, and all that a fit takes
   * @return the fitted sampler
   * @throws org.vaetf.base.ConfigException if a setting is out of the data's range
   * @throws VaeException if the fit fails
   */
  Fit fit(LatentRows latents);

  /**
   * A fitted sampler: a form and the numbers that fill it.
   *
   * @param sampler what draws in a graph; empty for the model's own prior
   * @param weights the sampler's weights by name, all under {@link LatentSampler#PATH}
   * @param density of latent points; empty where it has no closed form
   * @param metrics of the fit by name, in nats unless the name says otherwise
   */
  record Fit(
      Optional<LatentSampler> sampler,
      Map<String, Array> weights,
      Optional<LatentDensity> density,
      Map<String, Double> metrics) {}
}
