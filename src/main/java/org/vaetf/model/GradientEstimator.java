package org.vaetf.model;

import org.vaetf.base.ConfigException;
import org.vaetf.base.Kinds;
import org.vaetf.base.Named;
import org.vaetf.latent.DiagonalGaussian;
import org.vaetf.latent.Posterior;

/** How the gradient of an importance-weighted bound by the weights of q(z|x) is estimated. */
public enum GradientEstimator implements Named {
  /** The bound differentiated as it stands: Burda et al., arXiv 1509.00519, equation 13. */
  STANDARD,
  /**
   * Without the score, whose mean is zero for one draw and whose noise is not: q's parameters are
   * held in log q(z|x). Biased for more than one draw. Roeder et al., "Sticking the landing", arXiv
   * 1703.09194, the path derivative estimator.
   */
  STICKING_THE_LANDING,
  /**
   * Doubly reparameterized: unbiased, {@code Σ_i w̃_i² (∂ log w_i / ∂z_i) (∂z_i / ∂φ)} with w̃ the
   * normalised weights. Its signal does not fade as draws grow in number. Tucker et al., arXiv
   * 1810.04152, equation 8.
   */
  DOUBLY_REPARAMETERIZED;

  /**
   * Refuses a posterior whose density is known at its own draws alone.
   *
   * @param posterior q(z|x)
   * @throws ConfigException if this estimator needs more
   */
  void requireFits(Posterior posterior) {
    if (this != STANDARD && !(posterior instanceof DiagonalGaussian)) {
      throw new ConfigException(
          "posterior beside the estimator " + label(),
          Kinds.describe(Posterior.class, posterior),
          "diagonal-gaussian, whose density is known everywhere; or the estimator standard");
    }
  }
}
