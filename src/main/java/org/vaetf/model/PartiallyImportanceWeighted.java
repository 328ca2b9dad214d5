package org.vaetf.model;

import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Check;
import org.vaetf.latent.Posterior;
import org.vaetf.latent.Prior;

/**
 * Two bounds, each for what it is better at: the weights of p(z) and p(x|z) follow the bound of all
 * {@code m k} draws, those of q(z|x) the mean of m bounds of k draws: PIWAE of Rainforth et al.,
 * arXiv 1802.04537. The loss that is reported is the first, negative.
 *
 * @param draws k, for each row and group, at least 1
 * @param groups m, at least 1
 * @param warmUpEpochs epochs until the weights are those of the bound, 0 or more
 */
public record PartiallyImportanceWeighted(int draws, int groups, double warmUpEpochs)
    implements Objective {

  /**
   * Checks the settings.
   *
   * @param draws k, for each row and group, at least 1
   * @param groups m, at least 1
   * @param warmUpEpochs epochs until the weights are those of the bound, 0 or more
   * @throws org.vaetf.base.ConfigException if one is out of range
   */
  public PartiallyImportanceWeighted {
    Check.atLeast("draws", draws, 1);
    Check.atLeast("groups", groups, 1);
    Check.notNegative("warmUpEpochs", warmUpEpochs);
  }

  /**
   * Eight groups of eight draws, as in the paper.
   *
   * @return the defaults
   */
  public static PartiallyImportanceWeighted defaults() {
    return new PartiallyImportanceWeighted(8, 8, 0);
  }

  @Override
  public void requireFits(Posterior posterior, Prior prior) {
    RequiredDensity.of(posterior, "partially-importance-weighted");
  }

  @Override
  public Map<String, Operand<TFloat32>> terms(VaeGraph vae, Step step) {
    Ops tf = vae.scope().tf();
    PosteriorDraws all = PosteriorDraws.of(vae, step, groups * draws);
    PosteriorDraws.AtHeldDraws held = all.atHeldDraws();
    Operand<TFloat32> logWeights = held.densities().logWeights(step.warmUp());
    Operand<TFloat32> forModel = new Evidence(tf, 1, groups * draws).bound(logWeights);
    Evidence grouped = new Evidence(tf, groups, draws);
    Operand<TFloat32> forInference =
        grouped.sum(all.inferenceSlope(held, grouped.normalised(logWeights), step.warmUp(), false));
    Operand<TFloat32> loss =
        tf.math.neg(Slope.of(tf, forModel, tf.math.add(forModel, forInference)));
    return ImportanceWeighted.terms(tf, held.densities(), loss, groups * draws);
  }
}
