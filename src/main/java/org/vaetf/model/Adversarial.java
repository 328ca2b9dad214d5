package org.vaetf.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Check;
import org.vaetf.latent.Posterior;
import org.vaetf.latent.Prior;
import org.vaetf.nn.RowCount;

/**
 * The reconstruction error with what it takes to pass for the prior: {@code −log p(x|z) + λ
 * softplus(−d(z))}, where {@code σ(d)} is the probability that z is a draw of p(z) and not of q(z),
 * the posteriors of all rows together. Makhzani et al., "Adversarial autoencoders", arXiv
 * 1511.05644, section 2; with a deterministic posterior it is WAE-GAN: Tolstikhin et al.,
 * "Wasserstein auto-encoders", arXiv 1711.01558, algorithm 1. d is told by a discriminator that is
 * trained beside, on {@code (softplus(−d(p)) + softplus(d(z))) / 2} with p as many draws of the
 * prior as there are rows; it does not move the model nor the model it, and is no part of the
 * export.
 *
 * @param lambda λ, 0 or more
 * @param hidden widths of the discriminator's layers, at least one
 * @param discriminatorOptimizer what moves the discriminator
 */
public record Adversarial(double lambda, List<Integer> hidden, Adam discriminatorOptimizer)
    implements Objective {
  private static final String ADVERSARIAL_ERROR = "adversarial_error";

  /**
   * Copies and checks the settings.
   *
   * @param lambda λ, 0 or more
   * @param hidden widths of the discriminator's layers, at least one
   * @param discriminatorOptimizer what moves the discriminator
   * @throws org.vaetf.base.ConfigException if one is out of range
   */
  public Adversarial {
    Check.notNegative("lambda", lambda);
    hidden = Discriminator.widths(hidden);
    Check.present("discriminatorOptimizer", discriminatorOptimizer);
  }

  /**
   * λ = 1, two layers of 256, and Adam at 1e-3 with β₁ = 0.5 and β₂ = 0.9.
   *
   * @return the defaults
   */
  public static Adversarial defaults() {
    return new Adversarial(1, List.of(256, 256), new Adam(1e-3, 0.5, 0.9));
  }

  @Override
  public Map<String, Adam> ownOptimizers() {
    return Map.of(Discriminator.PREFIX, discriminatorOptimizer);
  }

  @Override
  public void requireFits(Posterior posterior, Prior prior) {
    FixedPrior.require(prior, "adversarial");
  }

  @Override
  public Map<String, Operand<TFloat32>> terms(VaeGraph vae, Step step) {
    Ops tf = vae.scope().tf();
    Discriminator discriminator = new Discriminator(vae.scope(), hidden);
    VaeGraph.Inference inference = vae.infer(step.x(), step.seed());
    Operand<TFloat32> z = inference.draw().z();
    Operand<TFloat32> points =
        vae.drawPrior(inference.prior(), RowCount.of(tf, z), OtherSeed.of(tf, step.seed()));
    Operand<TFloat32> error = vae.trainingError(inference, step.x());
    Operand<TFloat32> adversarial =
        BatchMean.of(tf, tf.math.softplus(tf.math.neg(discriminator.logOdds(z))));
    Operand<TFloat32> discriminatorLoss = discriminator.loss(points, z);
    Operand<TFloat32> loss =
        tf.math.add(error, tf.math.mul(tf.constant((float) lambda), adversarial));
    Map<String, Operand<TFloat32>> terms = new LinkedHashMap<>();
    terms.put(LOSS, Slope.of(tf, loss, tf.math.add(loss, discriminatorLoss)));
    terms.put(RECONSTRUCTION_ERROR, error);
    terms.put(ADVERSARIAL_ERROR, adversarial);
    terms.put(Discriminator.LOSS, discriminatorLoss);
    return terms;
  }
}
