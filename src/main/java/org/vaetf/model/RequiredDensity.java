package org.vaetf.model;

import java.util.List;
import org.vaetf.base.ConfigException;
import org.vaetf.latent.Deterministic;
import org.vaetf.latent.Posterior;

/** What objectives need that hold q(z|x) against p(z): a point's divergence is infinite. */
final class RequiredDensity {
  /** The objectives that a point will do for. */
  private static final List<String> WITHOUT =
      List.of("reconstruction", "regularized", "adversarial", "mmd");

  private RequiredDensity() {}

  /**
   * Refuses a posterior that is a point.
   *
   * @param posterior q(z|x)
   * @param objective by its name in JSON
   * @throws ConfigException if it has no density
   */
  static void of(Posterior posterior, String objective) {
    if (posterior instanceof Deterministic) {
      throw new ConfigException(
          "posterior beside the objective " + objective,
          "deterministic",
          "one that has a density, such as diagonal-gaussian; or the objective "
              + String.join(" or ", WITHOUT));
    }
  }
}
