package org.vaetf.model;

import org.vaetf.base.Check;
import org.vaetf.base.OptionalKeys;
import org.vaetf.latent.DiagonalGaussian;
import org.vaetf.latent.Posterior;
import org.vaetf.latent.Prior;
import org.vaetf.latent.StandardNormal;
import org.vaetf.likelihood.Bernoulli;
import org.vaetf.likelihood.Likelihood;
import org.vaetf.network.DenseNetwork;
import org.vaetf.network.Network;

/**
 * A model: a value on each axis. Immutable; JSON by component name.
 *
 * @param network how data become features and latent points become data
 * @param latent dimensions of z, at least 1
 * @param posterior the family of q(z|x)
 * @param prior p(z)
 * @param likelihood the family of p(x|z)
 * @param objective what training minimises
 * @param condition what encoder and decoder are given of a row beside x; none where absent
 */
@OptionalKeys
public record ModelConfig(
    Network network,
    int latent,
    Posterior posterior,
    Prior prior,
    Likelihood likelihood,
    Objective objective,
    Condition condition) {

  /**
   * Checks that every axis has a value.
   *
   * @param network how data become features and latent points become data
   * @param latent dimensions of z, at least 1
   * @param posterior the family of q(z|x)
   * @param prior p(z)
   * @param likelihood the family of p(x|z)
   * @param objective what training minimises
   * @param condition what encoder and decoder are given of a row beside x; none where absent
   * @throws org.vaetf.base.ConfigException if {@code latent} is below 1, an axis is missing, or two
   *     axes have values that do not go together
   */
  public ModelConfig {
    Check.atLeast("latent", latent, 1);
    Check.present("network", network);
    Check.present("posterior", posterior);
    Check.present("prior", prior);
    Check.present("likelihood", likelihood);
    Check.present("objective", objective);
    condition = condition == null ? new Unconditional() : condition;
    posterior.requireFits(prior, latent);
    prior.requireFits(posterior, latent);
    objective.requireFits(posterior, prior);
  }

  /**
   * A plain VAE: dense 400 with swish, 20 latent dimensions, Bernoulli.
   *
   * @return the preset {@code vae}
   */
  public static ModelConfig defaults() {
    return new ModelConfig(
        DenseNetwork.defaults(),
        20,
        new DiagonalGaussian(),
        new StandardNormal(),
        new Bernoulli(),
        Elbo.defaults(),
        new Unconditional());
  }

  /**
   * The same with another network.
   *
   * @param value the network
   * @return a copy
   */
  public ModelConfig withNetwork(Network value) {
    return new ModelConfig(value, latent, posterior, prior, likelihood, objective, condition);
  }

  /**
   * The same with another number of latent dimensions.
   *
   * @param value at least 1
   * @return a copy
   */
  public ModelConfig withLatent(int value) {
    return new ModelConfig(network, value, posterior, prior, likelihood, objective, condition);
  }

  /**
   * The same with another posterior.
   *
   * @param value the family of q(z|x)
   * @return a copy
   */
  public ModelConfig withPosterior(Posterior value) {
    return new ModelConfig(network, latent, value, prior, likelihood, objective, condition);
  }

  /**
   * The same with another prior.
   *
   * @param value p(z)
   * @return a copy
   */
  public ModelConfig withPrior(Prior value) {
    return new ModelConfig(network, latent, posterior, value, likelihood, objective, condition);
  }

  /**
   * The same with another posterior and another prior, where each needs the other.
   *
   * @param newPosterior the family of q(z|x)
   * @param newPrior p(z)
   * @return a copy
   */
  public ModelConfig withPosteriorAndPrior(Posterior newPosterior, Prior newPrior) {
    return new ModelConfig(
        network, latent, newPosterior, newPrior, likelihood, objective, condition);
  }

  /**
   * The same with another likelihood.
   *
   * @param value the family of p(x|z)
   * @return a copy
   */
  public ModelConfig withLikelihood(Likelihood value) {
    return new ModelConfig(network, latent, posterior, prior, value, objective, condition);
  }

  /**
   * The same with another objective.
   *
   * @param value what training minimises
   * @return a copy
   */
  public ModelConfig withObjective(Objective value) {
    return new ModelConfig(network, latent, posterior, prior, likelihood, value, condition);
  }

  /**
   * The same with another condition.
   *
   * @param value what encoder and decoder are given of a row beside x
   * @return a copy
   */
  public ModelConfig withCondition(Condition value) {
    return new ModelConfig(network, latent, posterior, prior, likelihood, objective, value);
  }
}
