package org.vaetf.model;

import java.util.Arrays;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Kinds;
import org.vaetf.base.Named;
import org.vaetf.latent.DiagonalGaussian;
import org.vaetf.latent.Posterior;
import org.vaetf.latent.Prior;
import org.vaetf.nn.RowCount;

/**
 * The bound with a penalty that makes the aggregated posterior's covariance C the identity: {@code
 * −ELBO + λ_od Σ_{i≠j} C_ij² + λ_d Σ_i (C_ii − 1)²}, C over the batch. Kumar et al., "Variational
 * inference of disentangled latent concepts from unlabeled observations", arXiv 1711.00848, its
 * objectives DIP-VAE-I and DIP-VAE-II.
 *
 * @param version what C is the covariance of
 * @param offDiagonal λ_od, 0 or more
 * @param diagonal λ_d, 0 or more
 */
public record Dip(Version version, double offDiagonal, double diagonal) implements Objective {
  private static final String COVARIANCE_PENALTY = "covariance_penalty";

  /** What C is the covariance of. */
  public enum Version implements Named {
    /** DIP-VAE-I: the posterior means. */
    MEANS,
    /** DIP-VAE-II: draws, which adds the mean posterior variances to the diagonal. */
    DRAWS
  }

  /**
   * Checks the settings.
   *
   * @param version what C is the covariance of
   * @param offDiagonal λ_od, 0 or more
   * @param diagonal λ_d, 0 or more
   * @throws ConfigException if one is missing, negative or not a number
   */
  public Dip {
    Check.present("version", version);
    Check.notNegative("offDiagonal", offDiagonal);
    Check.notNegative("diagonal", diagonal);
  }

  /**
   * DIP-VAE-I with λ_od = 10 and λ_d = 100, ten times as much, as in the paper.
   *
   * @return the defaults
   */
  public static Dip defaults() {
    return new Dip(Version.MEANS, 10, 100);
  }

  @Override
  public void requireFits(Posterior posterior, Prior prior) {
    if (!(posterior instanceof DiagonalGaussian)) {
      throw new ConfigException(
          "posterior beside the objective dip",
          Kinds.describe(Posterior.class, posterior),
          "diagonal-gaussian");
    }
  }

  @Override
  public Map<String, Operand<TFloat32>> terms(VaeGraph vae, Step step) {
    Ops tf = vae.scope().tf();
    VaeGraph.Inference inference = vae.infer(step.x(), step.seed());
    Operand<TFloat32> error = vae.trainingError(inference, step.x());
    Operand<TFloat32> kl = inference.kl();
    Operand<TFloat32> penalty = penalty(tf, inference.posterior());
    Map<String, Operand<TFloat32>> terms =
        Terms.of(tf, tf.math.add(tf.math.add(error, kl), penalty), error, kl);
    terms.put(COVARIANCE_PENALTY, penalty);
    return terms;
  }

  private Operand<TFloat32> penalty(Ops tf, Posterior.Conditional posterior) {
    Operand<TFloat32> mean = posterior.mean();
    int latent = (int) mean.shape().get(1);
    Operand<TFloat32> centred =
        tf.math.sub(mean, tf.expandDims(tf.math.mean(mean, tf.constant(0)), tf.constant(0)));
    Operand<TFloat32> rows =
        tf.math.maximum(tf.dtypes.cast(RowCount.of(tf, mean), TFloat32.class), tf.constant(1f));
    Operand<TFloat32> covariance =
        tf.math.div(tf.linalg.matMul(centred, centred, MatMul.transposeA(true)), rows);
    float[] identity = new float[latent];
    Arrays.fill(identity, 1);
    Operand<TFloat32> eye =
        tf.linalg.matrixDiag(
            tf.constant(identity),
            tf.constant(0),
            tf.constant(latent),
            tf.constant(latent),
            tf.constant(0f));
    Operand<TFloat32> own = tf.reduceSum(tf.math.mul(covariance, eye), tf.constant(1));
    Operand<TFloat32> others = tf.math.sub(covariance, tf.math.mul(covariance, eye));
    Operand<TFloat32> spread =
        version == Version.MEANS
            ? own
            : tf.math.add(own, tf.math.mean(tf.math.exp(posterior.logVariance()), tf.constant(0)));
    Operand<TFloat32> offDiagonals =
        tf.reduceSum(tf.math.square(others), tf.constant(new int[] {0, 1}));
    Operand<TFloat32> diagonals =
        tf.reduceSum(tf.math.square(tf.math.sub(spread, tf.constant(1f))), tf.constant(0));
    return tf.math.add(
        tf.math.mul(tf.constant((float) offDiagonal), offDiagonals),
        tf.math.mul(tf.constant((float) diagonal), diagonals));
  }
}
