package org.vaetf.sampler;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.vaetf.base.Check;
import org.vaetf.base.Samples;
import org.vaetf.tf.Workers;

/**
 * A mixture of normal distributions with full covariances, {@code p(z) = Σ_k π_k N(z; μ_k, Σ_k)},
 * fitted to latent points by expectation maximization from a k-means++ start: on the means of an
 * autoencoder's posteriors the ex-post density of Ghosh et al., "From variational to deterministic
 * autoencoders", arXiv 1903.12436, section 4.
 *
 * @param components how many, at least 1 and at most the different latent points
 * @param latents draws from the posteriors, or their means
 * @param regularization what is added to each variance, as a share of the mean variance of all
 *     points; 0 or more
 * @param iterations turns at most, at least 1
 * @param tolerance the fit ends where a turn gains less, nats a row; 0 or more
 */
public record NormalMixtureSampler(
    int components, Latents latents, double regularization, int iterations, double tolerance)
    implements Sampler {

  /**
   * Checks the settings.
   *
   * @param components how many, at least 1 and at most the different latent points
   * @param latents draws from the posteriors, or their means
   * @param regularization what is added to each variance, as a share of the mean variance of all
   *     points; 0 or more
   * @param iterations turns at most, at least 1
   * @param tolerance the fit ends where a turn gains less, nats a row; 0 or more
   * @throws org.vaetf.base.ConfigException if one is missing or out of range
   */
  public NormalMixtureSampler {
    Check.atLeast("components", components, 1);
    Check.present("latents", latents);
    Check.notNegative("regularization", regularization);
    Check.atLeast("iterations", iterations, 1);
    Check.notNegative("tolerance", tolerance);
  }

  /**
   * Ten components, fitted to draws.
   *
   * @return the defaults
   */
  public static NormalMixtureSampler defaults() {
    return new NormalMixtureSampler(10, Latents.DRAWS, 1e-6, 500, 1e-4);
  }

  @Override
  public Fit fit(LatentRows latent) {
    Samples points = latent.points();
    ExpectationMaximization.Result result;
    try (Workers workers = latent.compute().workers()) {
      ExpectationMaximization fit = new ExpectationMaximization(points, regularization, workers);
      FullMixture start = MixtureStart.of(points, components, fit.spread(), latent.seed());
      result = fit.run(start, iterations, tolerance, latent.listener());
    }
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("iterations", result.logLikelihoods().size() - 1.0);
    metrics.put("converged", result.converged() ? 1.0 : 0.0);
    metrics.put("components_begun_anew", (double) result.begunAnew());
    return new Fit(
        Optional.of(new MixtureDraw(components)),
        MixtureDraw.weights(result.mixture()),
        Optional.of(result.mixture()::meanLog),
        metrics);
  }
}
