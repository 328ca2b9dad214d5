package org.vaetf.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gather;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.vaetf.base.Check;
import org.vaetf.latent.Posterior;
import org.vaetf.latent.Prior;
import org.vaetf.nn.RowCount;

/**
 * The bound with a weight on the total correlation, which a discriminator tells: {@code −ELBO + γ
 * mean d(z)}, where {@code σ(d)} is the probability that z is a draw of q(z) and not of the product
 * of its marginals. Kim and Mnih, "Disentangling by factorising", arXiv 1802.05983, equation 2 and
 * algorithm 2. The discriminator is trained beside, on {@code (softplus(−d(z)) + softplus(d(z'))) /
 * 2} with z' the batch's draws shuffled dimension by dimension; it does not move the model nor the
 * model it, and is no part of the export.
 *
 * @param gamma γ, 0 or more
 * @param hidden widths of the discriminator's layers, at least one
 * @param discriminatorOptimizer what moves the discriminator
 */
public record Factor(double gamma, List<Integer> hidden, Adam discriminatorOptimizer)
    implements Objective {
  private static final String TOTAL_CORRELATION = "total_correlation";

  /**
   * Copies and checks the settings.
   *
   * @param gamma γ, 0 or more
   * @param hidden widths of the discriminator's layers, at least one
   * @param discriminatorOptimizer what moves the discriminator
   * @throws org.vaetf.base.ConfigException if one is out of range
   */
  public Factor {
    Check.notNegative("gamma", gamma);
    hidden = Discriminator.widths(hidden);
    Check.present("discriminatorOptimizer", discriminatorOptimizer);
  }

  /**
   * γ = 10, six layers of 1000, and Adam at 1e-4 with β₁ = 0.5 and β₂ = 0.9, as in the paper.
   *
   * @return the defaults
   */
  public static Factor defaults() {
    return new Factor(10, Collections.nCopies(6, 1000), new Adam(1e-4, 0.5, 0.9));
  }

  @Override
  public Map<String, Adam> ownOptimizers() {
    return Map.of(Discriminator.PREFIX, discriminatorOptimizer);
  }

  @Override
  public void requireFits(Posterior posterior, Prior prior) {
    RequiredDensity.of(posterior, "factor");
  }

  @Override
  public Map<String, Operand<TFloat32>> terms(VaeGraph vae, Step step) {
    Ops tf = vae.scope().tf();
    Discriminator discriminator = new Discriminator(vae.scope(), hidden);
    VaeGraph.Inference inference = vae.infer(step.x(), step.seed());
    Operand<TFloat32> z = inference.draw().z();
    Operand<TFloat32> error = vae.trainingError(inference, step.x());
    Operand<TFloat32> kl = inference.kl();
    Operand<TFloat32> correlation = BatchMean.of(tf, discriminator.logOdds(z));
    Operand<TFloat32> discriminatorLoss = discriminator.loss(z, shuffled(tf, z, step.seed()));
    Operand<TFloat32> loss =
        tf.math.add(tf.math.add(error, kl), tf.math.mul(tf.constant((float) gamma), correlation));
    Map<String, Operand<TFloat32>> terms =
        Terms.of(tf, Slope.of(tf, loss, tf.math.add(loss, discriminatorLoss)), error, kl);
    terms.put(TOTAL_CORRELATION, correlation);
    terms.put(Discriminator.LOSS, discriminatorLoss);
    return terms;
  }

  /** Each column in an order of its own: that of random numbers. */
  private static Operand<TFloat32> shuffled(Ops tf, Operand<TFloat32> z, Operand<TInt64> seed) {
    Operand<TInt32> transpose = tf.constant(new int[] {1, 0});
    Operand<TFloat32> columns = tf.linalg.transpose(z, transpose);
    Operand<TFloat32> random =
        tf.random.statelessRandomUniform(tf.shape(columns), OtherSeed.of(tf, seed), TFloat32.class);
    Operand<TInt32> order = tf.nn.topK(random, RowCount.of(tf, z), TInt32.class).indices();
    return tf.linalg.transpose(
        tf.gather(columns, order, tf.constant(1), Gather.batchDims(1L)), transpose);
  }
}
