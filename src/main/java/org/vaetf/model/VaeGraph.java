package org.vaetf.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.vaetf.base.RowShape;
import org.vaetf.latent.Posterior;
import org.vaetf.latent.Prior;
import org.vaetf.likelihood.Likelihood;
import org.vaetf.nn.BatchShare;
import org.vaetf.nn.Columns;
import org.vaetf.nn.Initializer;
import org.vaetf.nn.LayerScope;
import org.vaetf.nn.RowCount;
import org.vaetf.nn.Towers;

/**
 * The axes of a model put together in one graph. Weights whose names begin with {@code encoder.} or
 * {@code posterior.} serve q(z|x) only; all others serve p(z) and p(x|z).
 *
 * <p>Of a conditional model it is the graph of some rows, whose labels y it is {@link #given}:
 * q(z|x) and p(x|z) then stand for q(z|x, y) and p(x|z, y). The prior does not know them.
 *
 * @param config the point on the axes
 * @param shape of a row of x
 * @param scope the graph and where weights come from
 * @param towers how rows are shared out while networks and likelihood go over them; all that
 *     concerns the batch as a whole sees it whole
 * @param condition of each row that the encoder or the decoder will be given, {@code [rows,
 *     columns]}
 * @param share which part of a batch its rows are, where other processes have the others
 */
public record VaeGraph(
    ModelConfig config,
    RowShape shape,
    LayerScope scope,
    Towers towers,
    Optional<Operand<TFloat32>> condition,
    Optional<BatchShare> share) {
  private static final String ENCODER = "encoder";
  private static final String DECODER = "decoder";
  private static final String POSTERIOR = "posterior";
  private static final String PRIOR = "prior";

  /**
   * The weight of the prior's scope that holds the condition of each of {@link
   * org.vaetf.latent.VampPrior}'s pseudo-inputs, {@code [pseudoInputs, columns]}. It stays that of
   * the row that the pseudo-input began as.
   */
  public static final String PSEUDO_CONDITION = "pseudo_condition";

  /**
   * A graph that takes a batch as a whole.
   *
   * @param config the point on the axes
   * @param shape of a row of x
   * @param scope the graph and where weights come from
   */
  public VaeGraph(ModelConfig config, RowShape shape, LayerScope scope) {
    this(config, shape, scope, Towers.one());
  }

  /**
   * The graph of rows without a condition.
   *
   * @param config the point on the axes
   * @param shape of a row of x
   * @param scope the graph and where weights come from
   * @param towers how rows are shared out
   */
  public VaeGraph(ModelConfig config, RowShape shape, LayerScope scope, Towers towers) {
    this(config, shape, scope, towers, Optional.empty(), Optional.empty());
  }

  /**
   * The same model over the same weights, for rows of a batch that several processes share.
   *
   * @param part which of the batch's rows; empty for all
   * @return a graph of as many rows
   */
  public VaeGraph sharing(Optional<BatchShare> part) {
    return new VaeGraph(config, shape, scope, towers, condition, part);
  }

  /**
   * The same model over the same weights, for rows whose labels are given.
   *
   * @param labels int64 {@code [rows]}, from 0 up to, not including, the number of classes; not
   *     looked at where the model is unconditional
   * @return a graph of as many rows
   */
  public VaeGraph given(Operand<TInt64> labels) {
    return withCondition(config.condition().columns(scope.tf(), labels));
  }

  /**
   * The same model over the same weights, for other rows.
   *
   * @param rows what is known of each, {@code [rows, columns]}
   * @return a graph of as many rows
   */
  public VaeGraph withCondition(Optional<Operand<TFloat32>> rows) {
    return new VaeGraph(config, shape, scope, towers, rows, share);
  }

  /**
   * Whether a weight is the encoder's, which no longer counts once the parameters of q(z|x) are
   * there.
   *
   * @param weight its dotted path
   * @return false for one that q(z|x), p(z) or p(x|z) needs beside those parameters
   */
  public static boolean isEncoder(String weight) {
    return weight.startsWith(ENCODER + ".");
  }

  /**
   * Adds the encoder.
   *
   * @param x {@code [batch, shape...]}
   * @return the parameters of q(z|x), {@code [batch, parameters]}
   */
  public Operand<TFloat32> posteriorParameters(Operand<TFloat32> x) {
    Ops tf = scope.tf();
    return towers.join(tf, towers.each(tf, x, requiredCondition(), this::parametersOfRows));
  }

  private Operand<TFloat32> parametersOfRows(
      Operand<TFloat32> x, Optional<Operand<TFloat32>> rows) {
    LayerScope encoder = scope.child(ENCODER);
    return config
        .posterior()
        .parameters(
            encoder.child("posterior"), config.network().encode(encoder, x, rows), config.latent());
  }

  private Optional<Operand<TFloat32>> requiredCondition() {
    if (condition.isEmpty() && config.condition().needsLabels()) {
      throw new IllegalStateException("the graph of a conditional model was given no labels");
    }
    return condition;
  }

  /**
   * The distribution that the encoder's parameters stand for.
   *
   * @param parameters from {@link #posteriorParameters}
   * @param prior p(z)
   * @return q(z|x)
   */
  public Posterior.Conditional posteriorGiven(
      Operand<TFloat32> parameters, Prior.Distribution prior) {
    return config.posterior().given(scope.child(POSTERIOR), parameters, config.latent(), prior);
  }

  /**
   * Adds what the prior computes once for a graph.
   *
   * @return empty for a prior that the data do not come into
   */
  public Optional<Operand<TFloat32>> priorStatistics() {
    LayerScope prior = scope.child(PRIOR);
    return config
        .prior()
        .statistics(
            prior, shape, rows -> withCondition(pseudoCondition(prior)).posteriorParameters(rows));
  }

  private Optional<Operand<TFloat32>> pseudoCondition(LayerScope prior) {
    if (!config.condition().needsLabels()) {
      return Optional.empty();
    }
    Shape size = Shape.of(config.prior().rowsOfData(), config.condition().classes());
    return Optional.of(prior.fixed(PSEUDO_CONDITION, size, Initializer.zeros()));
  }

  /**
   * Adds the prior.
   *
   * @return p(z)
   */
  public Prior.Distribution prior() {
    return priorGiven(priorStatistics());
  }

  /**
   * Adds the prior without its statistics.
   *
   * @param statistics from {@link #priorStatistics}
   * @return p(z)
   */
  public Prior.Distribution priorGiven(Optional<Operand<TFloat32>> statistics) {
    return config.prior().given(scope.child(PRIOR), config.latent(), statistics);
  }

  /**
   * Adds the decoder.
   *
   * @param z {@code [batch, latent]}
   * @return p(x|z)
   */
  public Likelihood.Conditional likelihood(Operand<TFloat32> z) {
    Ops tf = scope.tf();
    int visible = config.prior().visible(config.latent());
    Operand<TFloat32> seen =
        visible == config.latent()
            ? z
            : Columns.widths(tf, z, visible, config.latent() - visible).get(0);
    List<Likelihood.Conditional> parts =
        towers.each(tf, seen, requiredCondition(), this::likelihoodOfRows);
    return parts.size() == 1 ? parts.get(0) : new InTowers(tf, towers, parts);
  }

  private Likelihood.Conditional likelihoodOfRows(
      Operand<TFloat32> z, Optional<Operand<TFloat32>> rows) {
    RowShape output = config.likelihood().parameters(shape);
    Operand<TFloat32> point = Columns.beside(scope.tf(), z, rows);
    Operand<TFloat32> parameters = config.network().decode(scope.child(DECODER), point, output);
    return config.likelihood().given(scope.child("likelihood"), parameters, shape);
  }

  /**
   * Standard normal numbers for one draw from the posterior of each row.
   *
   * @param rows with as many rows as are wanted
   * @param seed int64 {@code [2]}
   * @return {@code [rows, latent]}
   */
  public Operand<TFloat32> noise(Operand<TFloat32> rows, Operand<TInt64> seed) {
    return noise(RowCount.of(scope.tf(), rows), config.latent(), seed);
  }

  /**
   * Draws points from the prior.
   *
   * @param prior p(z)
   * @param count int32 {@code []}
   * @param seed int64 {@code [2]}
   * @return {@code [count, latent]}
   */
  public Operand<TFloat32> drawPrior(
      Prior.Distribution prior, Operand<TInt32> count, Operand<TInt64> seed) {
    return prior.draw(noise(count, config.prior().noise(config.latent()), seed));
  }

  /**
   * Draws points from what was fitted to the latent space of the trained model.
   *
   * @param sampler in place of the prior
   * @param count int32 {@code []}
   * @param seed int64 {@code [2]}
   * @return {@code [count, latent]}
   */
  public Operand<TFloat32> drawFrom(
      LatentSampler sampler, Operand<TInt32> count, Operand<TInt64> seed) {
    return sampler.draw(this, noise(count, sampler.noise(config.latent()), seed));
  }

  /**
   * Adds the encoder, a draw from it and the prior.
   *
   * @param x {@code [batch, shape...]}
   * @param seed int64 {@code [2]}
   * @return what there is to know of z
   */
  public Inference infer(Operand<TFloat32> x, Operand<TInt64> seed) {
    Prior.Distribution prior = prior();
    Operand<TFloat32> parameters = posteriorParameters(x);
    Posterior.Conditional posterior = posteriorGiven(parameters, prior);
    return new Inference(scope.tf(), prior, posterior, posterior.draw(noise(parameters, seed)));
  }

  /** The decoder's weights, once {@link #likelihood} has been added. */
  List<Operand<TFloat32>> decoderWeights() {
    return scope.weights().learned().entrySet().stream()
        .filter(weight -> weight.getKey().startsWith(DECODER + "."))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** The mean of −log p(x|z) at the draws, in the form to be differentiated: {@code []}. */
  Operand<TFloat32> trainingError(Inference inference, Operand<TFloat32> x) {
    Operand<TFloat32> logDensity = likelihood(inference.draw().z()).trainingLogDensity(x);
    return scope.tf().math.neg(BatchMean.of(scope.tf(), logDensity));
  }

  /**
   * What is known of z once x is.
   *
   * @param tf the graph
   * @param prior p(z)
   * @param posterior q(z|x)
   * @param draw from q(z|x), one for each row
   */
  public record Inference(
      Ops tf, Prior.Distribution prior, Posterior.Conditional posterior, Posterior.Draw draw) {

    /**
     * The divergence of q(z|x) from p(z): in closed form where there is one, else {@code log q(z|x)
     * − log p(z)} at the draw.
     *
     * @return nats, {@code [batch, latent]}, or {@code [batch, 1]} where estimated
     */
    public Operand<TFloat32> divergence() {
      return posterior
          .divergence()
          .orElseGet(
              () ->
                  tf.expandDims(
                      tf.math.sub(draw.logDensity(), prior.logDensity(draw.z())), tf.constant(1)));
    }

    /** The mean over the batch of {@link #divergence}, summed over the dimensions: {@code []}. */
    Operand<TFloat32> kl() {
      return tf.reduceSum(tf.math.mean(divergence(), tf.constant(0)), tf.constant(0));
    }
  }

  private Operand<TFloat32> noise(Operand<TInt32> rows, int columns, Operand<TInt64> seed) {
    Ops tf = scope.tf();
    Operand<TFloat32> noise =
        share
            .map(part -> part.of(tf, normal(part.whole(tf, rows), columns, seed), columns))
            .orElseGet(() -> normal(rows, columns, seed));
    // Random operations have no gradient: say that none is wanted. The number of rows may be
    // unknown while the graph is built, so state the width again.
    return tf.stopGradient(tf.reshape(noise, tf.constant(new long[] {-1, columns})));
  }

  private Operand<TFloat32> normal(Operand<TInt32> rows, int columns, Operand<TInt64> seed) {
    Ops tf = scope.tf();
    return tf.random.statelessRandomNormal(tf.stack(List.of(rows, tf.constant(columns))), seed);
  }

  /** p(x|z) of a batch whose rows are shared out. */
  private record InTowers(Ops tf, Towers towers, List<Likelihood.Conditional> parts)
      implements Likelihood.Conditional {

    @Override
    public Operand<TFloat32> logDensity(Operand<TFloat32> x) {
      return each(x, Likelihood.Conditional::logDensity);
    }

    @Override
    public Operand<TFloat32> trainingLogDensity(Operand<TFloat32> x) {
      return each(x, Likelihood.Conditional::trainingLogDensity);
    }

    @Override
    public Operand<TFloat32> mean() {
      return towers.join(tf, parts.stream().map(Likelihood.Conditional::mean).toList());
    }

    private Operand<TFloat32> each(
        Operand<TFloat32> x,
        BiFunction<Likelihood.Conditional, Operand<TFloat32>, Operand<TFloat32>> density) {
      List<Operand<TFloat32>> rows = towers.split(tf, x);
      return towers.join(
          tf,
          IntStream.range(0, parts.size())
              .mapToObj(i -> density.apply(parts.get(i), rows.get(i)))
              .toList());
    }
  }
}
