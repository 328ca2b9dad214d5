package org.vaetf.cli;

import java.util.Map;
import java.util.Optional;
import org.vaetf.base.Json;
import org.vaetf.data.Binarization;
import org.vaetf.export.Manifest;
import org.vaetf.likelihood.Bernoulli;
import org.vaetf.likelihood.Likelihood;

/** What a model's log-likelihoods are logarithms of. */
enum LikelihoodMeasure {
  /** A probability of the data. */
  PROBABILITY,
  /** A density. */
  DENSITY;

  /**
   * Of an exported model.
   *
   * @return empty for a Bernoulli on grey values, whose cross-entropy is neither, and for a model
   *     that does not say
   */
  static Optional<LikelihoodMeasure> of(Manifest manifest) {
    if (!(manifest.model().get("likelihood") instanceof Map<?, ?> likelihood)) {
      return Optional.empty();
    }
    Likelihood family = Json.read("manifest", Json.write(likelihood), Likelihood.class);
    if (family instanceof Bernoulli && manifest.data().binarization() == Binarization.NONE) {
      return Optional.empty();
    }
    return Optional.of(family.isDiscrete() ? PROBABILITY : DENSITY);
  }
}
