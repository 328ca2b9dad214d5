package org.vaetf.model;

import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.latent.Posterior;
import org.vaetf.latent.Prior;

/**
 * The importance-weighted bound, negative: with {@code w_i = p(x|z_i) p(z_i) / q(z_i|x)}, {@code
 * L_k = log (1/k) Σ_i w_i}. Burda et al., "Importance weighted autoencoders", arXiv 1509.00519,
 * equation 8. Over m groups it is the mean of their bounds (MIWAE), and with a weight β on the mean
 * of log w_i, the ELBO, it is {@code (1 − β) L_k + β ELBO} (CIWAE): both Rainforth et al., "Tighter
 * variational bounds are not necessarily better", arXiv 1802.04537. Warm-up raises the weight of
 * {@code log p(z) − log q(z|x)} within log w from 0 to 1.
 *
 * @param draws k, for each row and group, at least 1
 * @param groups m, at least 1
 * @param elboWeight β, 0 to 1
 * @param warmUpEpochs epochs until the weights are those of the bound, 0 or more
 * @param estimator of the gradient by the weights of q(z|x)
 */
public record ImportanceWeighted(
    int draws, int groups, double elboWeight, double warmUpEpochs, GradientEstimator estimator)
    implements Objective {

  /**
   * Checks the settings.
   *
   * @param draws k, for each row and group, at least 1
   * @param groups m, at least 1
   * @param elboWeight β, 0 to 1
   * @param warmUpEpochs epochs until the weights are those of the bound, 0 or more
   * @param estimator of the gradient by the weights of q(z|x)
   * @throws ConfigException if one is missing or out of range
   */
  public ImportanceWeighted {
    Check.atLeast("draws", draws, 1);
    Check.atLeast("groups", groups, 1);
    if (!(elboWeight >= 0 && elboWeight <= 1)) {
      throw new ConfigException("elboWeight", elboWeight, "0 to 1");
    }
    Check.notNegative("warmUpEpochs", warmUpEpochs);
    Check.present("estimator", estimator);
  }

  /**
   * Five draws in one group, the bound alone.
   *
   * @return the defaults
   */
  public static ImportanceWeighted defaults() {
    return new ImportanceWeighted(5, 1, 0, 0, GradientEstimator.STANDARD);
  }

  /**
   * The same with other draws.
   *
   * @param value k
   * @return a copy
   */
  public ImportanceWeighted withDraws(int value) {
    return new ImportanceWeighted(value, groups, elboWeight, warmUpEpochs, estimator);
  }

  /**
   * The same with other groups.
   *
   * @param value m
   * @return a copy
   */
  public ImportanceWeighted withGroups(int value) {
    return new ImportanceWeighted(draws, value, elboWeight, warmUpEpochs, estimator);
  }

  /**
   * The same with another weight of the ELBO.
   *
   * @param value β
   * @return a copy
   */
  public ImportanceWeighted withElboWeight(double value) {
    return new ImportanceWeighted(draws, groups, value, warmUpEpochs, estimator);
  }

  /**
   * The same with another estimator.
   *
   * @param value of the gradient
   * @return a copy
   */
  public ImportanceWeighted withEstimator(GradientEstimator value) {
    return new ImportanceWeighted(draws, groups, elboWeight, warmUpEpochs, value);
  }

  @Override
  public void requireFits(Posterior posterior, Prior prior) {
    RequiredDensity.of(posterior, "importance-weighted");
    estimator.requireFits(posterior);
  }

  @Override
  public Map<String, Operand<TFloat32>> terms(VaeGraph vae, Step step) {
    Ops tf = vae.scope().tf();
    Evidence evidence = new Evidence(tf, groups, draws);
    PosteriorDraws all = PosteriorDraws.of(vae, step, groups * draws);
    return switch (estimator) {
      case STANDARD -> {
        PosteriorDraws.Densities densities = all.densities();
        yield terms(tf, densities, bound(evidence, densities.logWeights(step.warmUp())));
      }
      case STICKING_THE_LANDING -> {
        PosteriorDraws.Densities densities = all.densitiesOfThePath();
        yield terms(tf, densities, bound(evidence, densities.logWeights(step.warmUp())));
      }
      case DOUBLY_REPARAMETERIZED -> {
        PosteriorDraws.AtHeldDraws held = all.atHeldDraws();
        Operand<TFloat32> logWeights = held.densities().logWeights(step.warmUp());
        Operand<TFloat32> normalised = evidence.normalised(logWeights);
        Operand<TFloat32> forModel = tf.math.mul(mixed(tf, normalised), logWeights);
        Operand<TFloat32> forInference =
            all.inferenceSlope(
                held, mixed(tf, ofThePath(tf, normalised, step.warmUp())), step.warmUp(), true);
        yield terms(
            tf,
            held.densities(),
            Slope.of(
                tf,
                bound(evidence, logWeights),
                evidence.sum(tf.math.add(forModel, forInference))));
      }
    };
  }

  /** {@code (1 − β) L_k + β ELBO}. */
  private Operand<TFloat32> bound(Evidence evidence, Operand<TFloat32> logWeights) {
    if (elboWeight == 0) {
      return evidence.bound(logWeights);
    }
    Ops tf = evidence.tf();
    return tf.math.add(
        tf.math.mul(tf.constant((float) (1 - elboWeight)), evidence.bound(logWeights)),
        tf.math.mul(tf.constant((float) elboWeight), BatchMean.of(tf, logWeights)));
  }

  /**
   * {@code (1 − t) w̃ + t w̃²}: the score has the weight t in log w, and so has what it becomes
   * along the path.
   */
  private static Operand<TFloat32> ofThePath(
      Ops tf, Operand<TFloat32> normalised, Operand<TFloat32> warmUp) {
    return tf.math.mul(
        normalised,
        tf.math.add(tf.math.sub(tf.constant(1f), warmUp), tf.math.mul(warmUp, normalised)));
  }

  /** {@code (1 − β) a + β / k}: what the ELBO's part adds to each draw's weight. */
  private Operand<TFloat32> mixed(Ops tf, Operand<TFloat32> weights) {
    return tf.math.add(
        tf.math.mul(tf.constant((float) (1 - elboWeight)), weights),
        tf.constant((float) (elboWeight / draws)));
  }

  private Map<String, Operand<TFloat32>> terms(
      Ops tf, PosteriorDraws.Densities densities, Operand<TFloat32> bound) {
    return terms(tf, densities, tf.math.neg(bound), groups * draws);
  }

  /** The terms of all objectives of this family. */
  static Map<String, Operand<TFloat32>> terms(
      Ops tf, PosteriorDraws.Densities densities, Operand<TFloat32> loss, int draws) {
    Map<String, Operand<TFloat32>> terms =
        Terms.of(
            tf,
            loss,
            tf.math.neg(BatchMean.of(tf, densities.logLikelihoods())),
            tf.math.neg(BatchMean.of(tf, densities.negativeDivergences())));
    Operand<TFloat32> bound =
        new Evidence(tf, 1, draws).bound(densities.logWeights(tf.constant(1f)));
    terms.put(NEGATIVE_IMPORTANCE_BOUND, tf.math.neg(bound));
    return terms;
  }
}
