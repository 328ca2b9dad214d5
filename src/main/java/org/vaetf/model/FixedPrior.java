package org.vaetf.model;

import org.vaetf.base.ConfigException;
import org.vaetf.base.Kinds;
import org.vaetf.latent.LadderPrior;
import org.vaetf.latent.Prior;
import org.vaetf.latent.StandardNormal;
import org.vaetf.latent.VampPrior;

/** What objectives need that teach p(z) nothing: a prior that has nothing of its own to learn. */
final class FixedPrior {
  private FixedPrior() {}

  /**
   * Refuses a prior with weights that the objective would not move.
   *
   * @param prior p(z)
   * @param objective by its name in JSON
   * @throws ConfigException if it has such weights
   */
  static void require(Prior prior, String objective) {
    boolean ofData = prior instanceof VampPrior vamp && vamp.source() == VampPrior.Source.DATA;
    if (!(prior instanceof StandardNormal || prior instanceof LadderPrior || ofData)) {
      throw new ConfigException(
          "prior beside the objective " + objective,
          Kinds.describe(Prior.class, prior),
          "standard-normal: the objective would not teach p(z) anything");
    }
  }
}
