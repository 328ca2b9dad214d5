package org.vaetf.model;

import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Check;
import org.vaetf.latent.Posterior;
import org.vaetf.latent.Prior;

/**
 * The divergence held to a capacity that grows: {@code −log p(x|z) + γ |KL(q(z|x) ‖ p(z)) − C|}, C
 * rising linearly from 0. Burgess et al., "Understanding disentangling in β-VAE", arXiv 1804.03599,
 * equation 8.
 *
 * @param gamma γ, 0 or more
 * @param capacity C at the end, nats, 0 or more
 * @param warmUpEpochs epochs until C is {@code capacity}, 0 or more
 */
public record Capacity(double gamma, double capacity, double warmUpEpochs) implements Objective {

  /**
   * Checks the settings.
   *
   * @param gamma γ, 0 or more
   * @param capacity C at the end, nats, 0 or more
   * @param warmUpEpochs epochs until C is {@code capacity}, 0 or more
   * @throws org.vaetf.base.ConfigException if one is negative or not a number
   */
  public Capacity {
    Check.notNegative("gamma", gamma);
    Check.notNegative("capacity", capacity);
    Check.notNegative("warmUpEpochs", warmUpEpochs);
  }

  /**
   * γ = 1000 and 25 nats, as in the paper, reached after 20 epochs.
   *
   * @return the defaults
   */
  public static Capacity defaults() {
    return new Capacity(1000, 25, 20);
  }

  @Override
  public void requireFits(Posterior posterior, Prior prior) {
    RequiredDensity.of(posterior, "capacity");
  }

  @Override
  public Map<String, Operand<TFloat32>> terms(VaeGraph vae, Step step) {
    Ops tf = vae.scope().tf();
    PosteriorDraws draws = PosteriorDraws.of(vae, step, 1);
    Operand<TFloat32> error = tf.math.neg(BatchMean.of(tf, draws.trainingLogLikelihoods()));
    Operand<TFloat32> kl =
        tf.reduceSum(tf.math.mean(draws.divergence(), tf.constant(0)), tf.constant(0));
    Operand<TFloat32> allowed = tf.math.mul(step.warmUp(), tf.constant((float) capacity));
    Operand<TFloat32> excess =
        tf.math.mul(tf.constant((float) gamma), tf.math.abs(tf.math.sub(kl, allowed)));
    return Terms.of(tf, tf.math.add(error, excess), error, kl);
  }
}
