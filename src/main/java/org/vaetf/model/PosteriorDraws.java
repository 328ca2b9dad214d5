package org.vaetf.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.latent.Posterior;
import org.vaetf.latent.Prior;
import org.vaetf.nn.Columns;

/**
 * Some draws from q(z|x) for each row of a batch, and the densities that the evidence is made of.
 * Rows of {@code [draws * batch, …]} hold the first draw of every row, then the second, and so on.
 *
 * @param vae the model of the repeated rows
 * @param count how many draws for each row
 * @param x the batch repeated, {@code [draws * batch, shape...]}
 * @param statistics of the prior
 * @param parameters of q(z|x), repeated
 * @param draw the points and log q(z|x)
 * @param closed the divergence in closed form, {@code [batch, latent]}
 */
record PosteriorDraws(
    VaeGraph vae,
    int count,
    Operand<TFloat32> x,
    Optional<Operand<TFloat32>> statistics,
    Operand<TFloat32> parameters,
    Posterior.Draw draw,
    Optional<Operand<TFloat32>> closed) {

  static PosteriorDraws of(VaeGraph vae, Objective.Step step, int count) {
    Ops tf = vae.scope().tf();
    Optional<Operand<TFloat32>> statistics = vae.priorStatistics();
    Prior.Distribution prior = vae.priorGiven(statistics);
    Operand<TFloat32> once = vae.posteriorParameters(step.x());
    Operand<TFloat32> parameters = repeated(tf, once, count);
    Posterior.Draw draw =
        vae.posteriorGiven(parameters, prior).draw(vae.noise(parameters, step.seed()));
    return new PosteriorDraws(
        vae.withCondition(vae.condition().map(rows -> repeated(tf, rows, count))),
        count,
        repeated(tf, step.x(), count),
        statistics,
        parameters,
        draw,
        vae.posteriorGiven(once, prior).divergence());
  }

  private static Operand<TFloat32> repeated(Ops tf, Operand<TFloat32> rows, int count) {
    if (count == 1) {
      return rows;
    }
    int[] times = new int[rows.shape().numDimensions()];
    Arrays.fill(times, 1);
    times[0] = count;
    return tf.tile(rows, tf.constant(times));
  }

  private Ops tf() {
    return vae.scope().tf();
  }

  /** log p(x|z) in the form to be differentiated, {@code [draws * batch]}. */
  Operand<TFloat32> trainingLogLikelihoods() {
    return vae.likelihood(draw.z()).trainingLogDensity(x);
  }

  /** KL(q(z|x) ‖ p(z)): {@code [batch, latent]} in closed form, else {@code [draws * batch, 1]}. */
  Operand<TFloat32> divergence() {
    return closed.orElseGet(
        () ->
            tf().expandDims(
                    tf().math
                        .sub(draw.logDensity(), vae.priorGiven(statistics).logDensity(draw.z())),
                    tf().constant(1)));
  }

  /** The densities, with every way from them to every weight. */
  Densities densities() {
    return new Densities(
        vae,
        trainingLogLikelihoods(),
        vae.priorGiven(statistics).logDensity(draw.z()),
        draw.logDensity());
  }

  /** As {@link #densities}, but q's parameters are held in log q(z|x): they act through z alone. */
  Densities densitiesOfThePath() {
    return new Densities(
        vae,
        trainingLogLikelihoods(),
        vae.priorGiven(statistics).logDensity(draw.z()),
        heldPosteriorDensity());
  }

  /** As {@link #densities}, for the weights of p(z) and p(x|z) alone: z and log q(z|x) are held. */
  AtHeldDraws atHeldDraws() {
    Operand<TFloat32> z = tf().stopGradient(draw.z());
    return new AtHeldDraws(
        z,
        new Densities(
            vae,
            vae.likelihood(z).trainingLogDensity(x),
            vae.priorGiven(statistics).logDensity(z),
            tf().stopGradient(draw.logDensity())));
  }

  /**
   * What moves the weights of q(z|x) alone as {@code Σ_i b_i log w_i} would, for held b. Decoder
   * and prior are not gone through again: their gradient by the held draws is taken, and multiplied
   * by the draws.
   *
   * @param held from {@link #atHeldDraws}
   * @param weights b, {@code [draws * batch]}
   * @param warmUp as of {@link Densities#logWeights}
   * @param path whether q's parameters act through z alone, and not within log q(z|x) too
   * @return {@code [draws * batch]}, to be differentiated; its value says nothing
   */
  Operand<TFloat32> inferenceSlope(
      AtHeldDraws held, Operand<TFloat32> weights, Operand<TFloat32> warmUp, boolean path) {
    Ops tf = tf();
    Operand<TFloat32> fit =
        tf.math.add(held.densities.logLikelihoods, tf.math.mul(warmUp, held.densities.logPriors));
    Operand<TFloat32> sum = tf.reduceSum(tf.math.mul(weights, fit), tf.constant(0));
    Operand<TFloat32> byPoint = tf.gradients(sum, List.of(held.z)).<TFloat32>dy(0);
    Operand<TFloat32> along = Columns.sum(tf, tf.math.mul(tf.stopGradient(byPoint), draw.z()));
    Operand<TFloat32> density = path ? heldPosteriorDensity() : draw.logDensity();
    return tf.math.sub(along, tf.math.mul(weights, tf.math.mul(warmUp, density)));
  }

  private Operand<TFloat32> heldPosteriorDensity() {
    return vae.posteriorGiven(tf().stopGradient(parameters), vae.priorGiven(statistics))
        .logDensity(draw.z())
        .orElseThrow(() -> new IllegalStateException("checked by GradientEstimator"));
  }

  /**
   * Draws as constants.
   *
   * @param z the points, held
   * @param densities at them
   */
  record AtHeldDraws(Operand<TFloat32> z, Densities densities) {}

  /**
   * Densities of draws, nats, {@code [draws * batch]} each.
   *
   * @param vae the model
   * @param logLikelihoods log p(x|z)
   * @param logPriors log p(z)
   * @param logPosteriors log q(z|x)
   */
  record Densities(
      VaeGraph vae,
      Operand<TFloat32> logLikelihoods,
      Operand<TFloat32> logPriors,
      Operand<TFloat32> logPosteriors) {

    /** {@code log p(z) − log q(z|x)}. */
    Operand<TFloat32> negativeDivergences() {
      return vae.scope().tf().math.sub(logPriors, logPosteriors);
    }

    /**
     * The logarithm of the weights, {@code log p(x|z) + t (log p(z) − log q(z|x))}.
     *
     * @param warmUp t
     */
    Operand<TFloat32> logWeights(Operand<TFloat32> warmUp) {
      Ops tf = vae.scope().tf();
      return tf.math.add(logLikelihoods, tf.math.mul(warmUp, negativeDivergences()));
    }
  }
}
