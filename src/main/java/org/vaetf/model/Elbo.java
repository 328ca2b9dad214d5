package org.vaetf.model;

import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Check;
import org.vaetf.latent.Posterior;
import org.vaetf.latent.Prior;

/**
 * The negative evidence lower bound with a weight on its divergence: {@code −log p(x|z) + β
 * KL(q(z|x) ‖ p(z))}, means over the batch and over the draws z of each row. β = 1: Kingma and
 * Welling, arXiv 1312.6114, equation 3. β ≠ 1: Higgins et al., "β-VAE" (ICLR 2017), equation 4.
 * Warm-up raises the weight linearly from 0 to β: Sønderby et al., arXiv 1602.02282, section 2.3.
 * Free bits replace the divergence by {@code Σ_j max(λ, mean over the batch of KL_j)}: Kingma et
 * al., arXiv 1606.04934, equation 15; a divergence that is estimated from draws has no parts, and
 * has the free bits of all dimensions together, {@code max(latent λ, KL)}.
 *
 * @param beta weight of the divergence, 0 or more
 * @param warmUpEpochs epochs until the weight is β, 0 or more
 * @param freeBits λ, nats for each latent dimension that the divergence may have at no cost, 0 or
 *     more
 * @param draws for each row, at least 1
 */
public record Elbo(double beta, double warmUpEpochs, double freeBits, int draws)
    implements Objective {

  /**
   * Checks the settings.
   *
   * @param beta weight of the divergence, 0 or more
   * @param warmUpEpochs epochs until the weight is β, 0 or more
   * @param freeBits λ, nats for each latent dimension that the divergence may have at no cost, 0 or
   *     more
   * @param draws for each row, at least 1
   * @throws org.vaetf.base.ConfigException if one is out of range or not a number
   */
  public Elbo {
    Check.notNegative("beta", beta);
    Check.notNegative("warmUpEpochs", warmUpEpochs);
    Check.notNegative("freeBits", freeBits);
    Check.atLeast("draws", draws, 1);
  }

  /**
   * The bound itself.
   *
   * @return β = 1, no warm-up, no free bits, one draw
   */
  public static Elbo defaults() {
    return new Elbo(1, 0, 0, 1);
  }

  /**
   * The same with another weight.
   *
   * @param beta weight of the divergence
   * @return a copy
   */
  public Elbo withBeta(double beta) {
    return new Elbo(beta, warmUpEpochs, freeBits, draws);
  }

  /**
   * The same with another warm-up.
   *
   * @param warmUpEpochs epochs until the weight is β
   * @return a copy
   */
  public Elbo withWarmUpEpochs(double warmUpEpochs) {
    return new Elbo(beta, warmUpEpochs, freeBits, draws);
  }

  /**
   * The same with other free bits.
   *
   * @param freeBits nats for each latent dimension
   * @return a copy
   */
  public Elbo withFreeBits(double freeBits) {
    return new Elbo(beta, warmUpEpochs, freeBits, draws);
  }

  /**
   * The same with another number of draws.
   *
   * @param draws for each row, at least 1
   * @return a copy
   */
  public Elbo withDraws(int draws) {
    return new Elbo(beta, warmUpEpochs, freeBits, draws);
  }

  @Override
  public void requireFits(Posterior posterior, Prior prior) {
    RequiredDensity.of(posterior, "elbo");
  }

  @Override
  public Map<String, Operand<TFloat32>> terms(VaeGraph vae, Step step) {
    Ops tf = vae.scope().tf();
    PosteriorDraws draws = PosteriorDraws.of(vae, step, this.draws);
    Operand<TFloat32> error = tf.math.neg(BatchMean.of(tf, draws.trainingLogLikelihoods()));
    Operand<TFloat32> divergences = tf.math.mean(draws.divergence(), tf.constant(0));
    Operand<TFloat32> kl = tf.reduceSum(divergences, tf.constant(0));
    Operand<TFloat32> penalty =
        freeBits == 0
            ? kl
            : tf.reduceSum(
                tf.math.maximum(divergences, tf.constant(freeBitsOfEach(vae, divergences))),
                tf.constant(0));
    Operand<TFloat32> weight = tf.math.mul(step.warmUp(), tf.constant((float) beta));
    return Terms.of(tf, tf.math.add(error, tf.math.mul(weight, penalty)), error, kl);
  }

  /** λ for as many dimensions as each of the divergences, {@code [parts]}, stands for. */
  private float freeBitsOfEach(VaeGraph vae, Operand<TFloat32> divergences) {
    return (float) (freeBits * vae.config().latent() / divergences.shape().get(0));
  }
}
