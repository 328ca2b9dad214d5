package org.vaetf.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Named;
import org.vaetf.latent.Deterministic;
import org.vaetf.latent.NormalMixturePrior;
import org.vaetf.latent.Posterior;
import org.vaetf.latent.Prior;
import org.vaetf.nn.RowCount;

/**
 * The reconstruction error with the maximum mean discrepancy between q(z) and p(z): {@code −log
 * p(x|z) + (1 − α) KL(q(z|x) ‖ p(z)) + (α + λ − 1) MMD}. Zhao et al., "InfoVAE", arXiv 1706.02262,
 * equation 6. With α = 1 the divergence of each row falls away; a deterministic posterior then
 * makes it the Wasserstein autoencoder of Tolstikhin et al., arXiv 1711.01558, algorithm 2, its λ
 * one's own. {@code MMD = mean k(z, z') + mean k(p, p') − 2 mean k(z, p)} over the draws of the
 * batch and as many of the prior, pairs of a point with itself left out. A batch of one row tells
 * nothing of it: 0, since without a pair nothing would hold the points apart.
 *
 * @param alpha α, at most 1
 * @param lambda λ, such that α + λ ≥ 1
 * @param kernel k
 * @param bandwidth h of the kernel, above 0
 */
public record Mmd(double alpha, double lambda, Kernel kernel, double bandwidth)
    implements Objective {
  private static final String DISCREPANCY = "discrepancy";

  /** How near two points are, with {@code C = 2 latent h²}. */
  public enum Kernel implements Named {
    /** {@code exp(−|a − b|² / C)}. */
    GAUSSIAN,
    /** {@code C / (C + |a − b|²)}, with a longer reach. */
    INVERSE_MULTIQUADRATIC
  }

  /**
   * Checks the settings.
   *
   * @param alpha α, at most 1
   * @param lambda λ, such that α + λ ≥ 1
   * @param kernel k
   * @param bandwidth h of the kernel, above 0
   * @throws ConfigException if one is missing or out of range
   */
  public Mmd {
    if (!(alpha <= 1) || !Double.isFinite(alpha)) {
      throw new ConfigException("alpha", alpha, "a number of at most 1");
    }
    if (!(alpha + lambda >= 1) || !Double.isFinite(lambda)) {
      throw new ConfigException(
          "lambda", lambda, "a number of at least 1 - alpha = " + (1 - alpha));
    }
    Check.present("kernel", kernel);
    Check.positive("bandwidth", bandwidth);
  }

  /**
   * α = 0 and λ = 1000, as in the paper's experiments, with a Gaussian kernel of bandwidth 1.
   *
   * @return the defaults
   */
  public static Mmd defaults() {
    return new Mmd(0, 1000, Kernel.GAUSSIAN, 1);
  }

  /**
   * The same with another α and λ.
   *
   * @param alpha at most 1
   * @param lambda such that α + λ ≥ 1
   * @return a copy
   */
  public Mmd withWeights(double alpha, double lambda) {
    return new Mmd(alpha, lambda, kernel, bandwidth);
  }

  @Override
  public void requireFits(Posterior posterior, Prior prior) {
    if (posterior instanceof Deterministic && alpha != 1) {
      throw new ConfigException(
          "alpha beside a deterministic posterior",
          alpha,
          "1: the divergence of a point from the prior is infinite");
    }
    if (prior instanceof NormalMixturePrior && alpha == 1) {
      throw new ConfigException(
          "alpha beside a normal-mixture prior",
          alpha,
          "below 1: the divergence alone moves the weights of its components");
    }
  }

  @Override
  public Map<String, Operand<TFloat32>> terms(VaeGraph vae, Step step) {
    Ops tf = vae.scope().tf();
    VaeGraph.Inference inference = vae.infer(step.x(), step.seed());
    Operand<TFloat32> z = inference.draw().z();
    Operand<TFloat32> error = vae.trainingError(inference, step.x());
    Operand<TInt32> rows = RowCount.of(tf, z);
    Operand<TFloat32> points =
        vae.drawPrior(inference.prior(), rows, OtherSeed.of(tf, step.seed()));
    Operand<TFloat32> discrepancy = discrepancy(tf, z, points, rows);
    Operand<TFloat32> loss =
        tf.math.add(error, tf.math.mul(tf.constant((float) (alpha + lambda - 1)), discrepancy));
    Map<String, Operand<TFloat32>> terms =
        alpha == 1 ? withoutDivergence(loss, error) : withDivergence(tf, inference, loss, error);
    terms.put(DISCREPANCY, discrepancy);
    return terms;
  }

  private static Map<String, Operand<TFloat32>> withoutDivergence(
      Operand<TFloat32> loss, Operand<TFloat32> error) {
    Map<String, Operand<TFloat32>> terms = new LinkedHashMap<>();
    terms.put(LOSS, loss);
    terms.put(RECONSTRUCTION_ERROR, error);
    return terms;
  }

  private Map<String, Operand<TFloat32>> withDivergence(
      Ops tf, VaeGraph.Inference inference, Operand<TFloat32> loss, Operand<TFloat32> error) {
    Operand<TFloat32> kl = inference.kl();
    return Terms.of(
        tf, tf.math.add(loss, tf.math.mul(tf.constant((float) (1 - alpha)), kl)), error, kl);
  }

  private Operand<TFloat32> discrepancy(
      Ops tf, Operand<TFloat32> z, Operand<TFloat32> p, Operand<TInt32> rows) {
    Operand<TFloat32> count = tf.dtypes.cast(rows, TFloat32.class);
    Operand<TFloat32> pairs = tf.dtypes.cast(tf.math.greater(rows, tf.constant(1)), TFloat32.class);
    return tf.math.mul(
        pairs,
        tf.math.sub(
            tf.math.add(amongThemselves(tf, z, count), amongThemselves(tf, p, count)),
            tf.math.mul(tf.constant(2f), BatchMean.of(tf, kernel(tf, z, p)))));
  }

  /** The mean over pairs of two points. A point's kernel with itself is 1. */
  private Operand<TFloat32> amongThemselves(
      Ops tf, Operand<TFloat32> points, Operand<TFloat32> count) {
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> sum = tf.reduceSum(kernel(tf, points, points), tf.constant(new int[] {0, 1}));
    Operand<TFloat32> pairs = tf.math.mul(count, tf.math.sub(count, one));
    return tf.math.div(tf.math.sub(sum, count), tf.math.maximum(pairs, one));
  }

  /** {@code [rows of a, rows of b]}. */
  private Operand<TFloat32> kernel(Ops tf, Operand<TFloat32> a, Operand<TFloat32> b) {
    Operand<TFloat32> squares = squaredDistances(tf, a, b);
    Operand<TFloat32> c = tf.constant((float) (2.0 * a.shape().get(1) * bandwidth * bandwidth));
    return switch (kernel) {
      case GAUSSIAN -> tf.math.exp(tf.math.neg(tf.math.div(squares, c)));
      case INVERSE_MULTIQUADRATIC -> tf.math.div(c, tf.math.add(c, squares));
    };
  }

  /** {@code |a|² + |b|² − 2 a·b}, in double precision: what is left of them may be small. */
  private static Operand<TFloat32> squaredDistances(
      Ops tf, Operand<TFloat32> a, Operand<TFloat32> b) {
    Operand<TFloat64> rows = tf.dtypes.cast(a, TFloat64.class);
    Operand<TFloat64> columns = tf.dtypes.cast(b, TFloat64.class);
    Operand<TFloat64> ofRows =
        tf.expandDims(tf.reduceSum(tf.math.square(rows), tf.constant(1)), tf.constant(1));
    Operand<TFloat64> ofColumns =
        tf.expandDims(tf.reduceSum(tf.math.square(columns), tf.constant(1)), tf.constant(0));
    Operand<TFloat64> products =
        tf.math.mul(tf.constant(2.0), tf.linalg.matMul(rows, columns, MatMul.transposeB(true)));
    // Rounding may leave less than nothing of two points in one place.
    Operand<TFloat64> squares =
        tf.math.maximum(tf.math.sub(tf.math.add(ofRows, ofColumns), products), tf.constant(0.0));
    return tf.dtypes.cast(squares, TFloat32.class);
  }
}
