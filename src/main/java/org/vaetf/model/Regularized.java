package org.vaetf.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.vaetf.base.Check;
import org.vaetf.base.Named;
import org.vaetf.latent.Posterior;
import org.vaetf.latent.Prior;
import org.vaetf.nn.Columns;
import org.vaetf.nn.Flat;

/**
 * The reconstruction error of an autoencoder whose codes stay small and whose decoder stays smooth:
 * {@code −log p(x|z) + β |z|² / 2 + λ R}. Ghosh et al., "From variational to deterministic
 * autoencoders", arXiv 1903.12436, section 3. New points come from a density that is fitted to the
 * codes after training.
 *
 * @param codeWeight β, 0 or more
 * @param decoderWeight λ, 0 or more
 * @param regularizer R
 */
public record Regularized(double codeWeight, double decoderWeight, Regularizer regularizer)
    implements Objective {
  private static final String CODE_PENALTY = "code_penalty";
  private static final String DECODER_PENALTY = "decoder_penalty";

  /** ε. The gradients of TensorFlow's activations have none of their own, so slopes are steps. */
  private static final float STEP = 0.01f;

  /** What keeps a decoder smooth. */
  public enum Regularizer implements Named {
    /** {@code Σ w²} over all weights of the decoder. */
    WEIGHTS,
    /**
     * {@code |∂m/∂z|²}, the squares of all entries of the Jacobian of the mean m of p(x|z), told by
     * the slope along a random direction: {@code |m(z + εv) − m(z − εv)|² / 4ε²} with v standard
     * normal, whose expectation it is for small ε (Hutchinson, 1990).
     */
    GRADIENT
  }

  /**
   * Checks the settings.
   *
   * @param codeWeight β, 0 or more
   * @param decoderWeight λ, 0 or more
   * @param regularizer R
   * @throws org.vaetf.base.ConfigException if one is missing or out of range
   */
  public Regularized {
    Check.notNegative("codeWeight", codeWeight);
    Check.notNegative("decoderWeight", decoderWeight);
    Check.present("regularizer", regularizer);
  }

  /**
   * β = 0.01 and λ = 0.001 on the decoder's weights.
   *
   * @return the defaults
   */
  public static Regularized defaults() {
    return new Regularized(0.01, 0.001, Regularizer.WEIGHTS);
  }

  @Override
  public void requireFits(Posterior posterior, Prior prior) {
    FixedPrior.require(prior, "regularized");
  }

  @Override
  public Map<String, Operand<TFloat32>> terms(VaeGraph vae, Step step) {
    Ops tf = vae.scope().tf();
    VaeGraph.Inference inference = vae.infer(step.x(), step.seed());
    Operand<TFloat32> z = inference.draw().z();
    Operand<TFloat32> error = vae.trainingError(inference, step.x());
    Operand<TFloat32> size =
        tf.math.mul(tf.constant(0.5f), BatchMean.of(tf, Columns.sum(tf, tf.math.square(z))));
    Operand<TFloat32> roughness =
        switch (regularizer) {
          case WEIGHTS -> squaredWeights(vae);
          case GRADIENT -> squaredSlope(vae, z, OtherSeed.of(tf, step.seed()));
        };
    Map<String, Operand<TFloat32>> terms = new LinkedHashMap<>();
    terms.put(
        LOSS,
        tf.math.add(
            error,
            tf.math.add(
                tf.math.mul(tf.constant((float) codeWeight), size),
                tf.math.mul(tf.constant((float) decoderWeight), roughness))));
    terms.put(RECONSTRUCTION_ERROR, error);
    terms.put(CODE_PENALTY, size);
    terms.put(DECODER_PENALTY, roughness);
    return terms;
  }

  private static Operand<TFloat32> squaredWeights(VaeGraph vae) {
    Ops tf = vae.scope().tf();
    Operand<TFloat32> all = Flat.row(tf, vae.decoderWeights());
    return tf.reduceSum(tf.math.square(all), tf.constant(0));
  }

  private static Operand<TFloat32> squaredSlope(
      VaeGraph vae, Operand<TFloat32> z, Operand<TInt64> seed) {
    Ops tf = vae.scope().tf();
    Operand<TFloat32> step = tf.math.mul(tf.constant(STEP), vae.noise(z, seed));
    Operand<TFloat32> ahead = vae.likelihood(tf.math.add(z, step)).mean();
    Operand<TFloat32> behind = vae.likelihood(tf.math.sub(z, step)).mean();
    // In one operation: of the gradient of a difference and a square, TensorFlow's optimizer of
    // graphs makes one that it then complains about.
    Operand<TFloat32> apart = Flat.flatten(tf, tf.math.squaredDifference(ahead, behind));
    return tf.math.mul(
        tf.constant(0.25f / (STEP * STEP)), BatchMean.of(tf, Columns.sum(tf, apart)));
  }
}
