package org.vaetf.export;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.vaetf.latent.Posterior;
import org.vaetf.latent.Prior;
import org.vaetf.model.VaeGraph;
import org.vaetf.nn.LayerScope;
import org.vaetf.nn.Weights;
import org.vaetf.tf.WhileLoop;

/**
 * The signature {@code score}: with k draws z_i from q(z|x), draw i keyed by (seed₀, seed₁ + i),
 *
 * <ul>
 *   <li>{@code reconstruction} = mean over i of log p(x|z_i),
 *   <li>{@code kl} = KL(q(z|x) ‖ p(z)), in closed form or else the mean over i of log q(z_i|x) −
 *       log p(z_i),
 *   <li>{@code elbo} = reconstruction − kl,
 *   <li>{@code log_likelihood} = log (1/k) Σ p(x|z_i) p(z_i) / q(z_i|x): Burda et al., arXiv
 *       1509.00519, equation 8.
 * </ul>
 *
 * <p>The draws are a loop inside the graph, so memory does not grow with k; the sum of weights is
 * kept relative to the greatest weight so far.
 */
final class ScoreGraph {
  /** Below every log-weight but far from infinity, which would give ∞ − ∞. */
  private static final double LOWEST = -1e30;

  private static final String GREATEST = "greatest";
  private static final String SUM = "sum";
  private static final String FIT = "fit";
  private static final String DIVERGENCE = "divergence";
  private static final String X = "x";
  private static final String PARAMETERS = "parameters";
  private static final String SEED = "seed";
  private static final String STATISTICS = "statistics";
  private static final String CONDITION = "condition";
  private static final String WEIGHT = "weight:";

  private final VaeGraph vae;
  private final Weights weights;

  ScoreGraph(VaeGraph vae, Weights weights) {
    this.vae = vae;
    this.weights = weights;
  }

  /**
   * Adds the scores to the graph.
   *
   * @param x {@code [batch, shape...]}
   * @param parameters of q(z|x)
   * @param draws int32 {@code []}, k
   * @param seed int64 {@code [2]}
   * @return nats a row, {@code [batch]}, by the contract's names
   */
  Map<String, Operand<?>> build(
      Operand<TFloat32> x,
      Operand<TFloat32> parameters,
      Operand<TInt32> draws,
      Operand<TInt64> seed) {
    Ops tf = vae.scope().tf();
    Optional<Operand<TFloat32>> statistics = vae.priorStatistics();
    askForWeights(parameters, statistics);

    Operand<TInt32> rows =
        tf.slice(tf.shape(x), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
    Operand<TFloat64> zero = tf.fill(rows, tf.constant(0.0));
    Map<String, Operand<?>> state = new LinkedHashMap<>();
    state.put(GREATEST, tf.math.add(zero, tf.constant(LOWEST)));
    state.put(SUM, zero);
    state.put(FIT, zero);
    state.put(DIVERGENCE, zero);
    Map<String, Operand<?>> constants = new LinkedHashMap<>();
    constants.put(X, x);
    constants.put(PARAMETERS, parameters);
    constants.put(SEED, seed);
    statistics.ifPresent(given -> constants.put(STATISTICS, given));
    vae.condition().ifPresent(given -> constants.put(CONDITION, given));
    weights
        .all()
        .forEach(
            (name, weight) -> {
              if (!VaeGraph.isEncoder(name)) {
                constants.put(WEIGHT + name, weight);
              }
            });
    Map<String, Operand<?>> end = WhileLoop.build(tf, draws, state, constants, this::draw);

    Operand<TFloat64> count = tf.dtypes.cast(draws, TFloat64.class);
    Operand<TFloat64> reconstruction = tf.math.div(doubles(end, FIT), count);
    Operand<TFloat64> kl = tf.math.div(doubles(end, DIVERGENCE), count);
    Operand<TFloat64> logLikelihood =
        tf.math.sub(
            tf.math.add(doubles(end, GREATEST), tf.math.log(doubles(end, SUM))),
            tf.math.log(count));
    Map<String, Operand<?>> scores = new LinkedHashMap<>();
    scores.put(Contract.ELBO, row(tf, tf.math.sub(reconstruction, kl), "score_elbo"));
    scores.put(Contract.RECONSTRUCTION, row(tf, reconstruction, "score_reconstruction"));
    scores.put(Contract.KL, row(tf, kl, "score_kl"));
    scores.put(Contract.LOG_LIKELIHOOD, row(tf, logLikelihood, "score_log_likelihood"));
    return scores;
  }

  /** The loop's body sees only what is handed to it: every weight it will ask for must be there. */
  private void askForWeights(Operand<TFloat32> parameters, Optional<Operand<TFloat32>> statistics) {
    Prior.Distribution prior = vae.priorGiven(statistics);
    Posterior.Draw draw =
        vae.posteriorGiven(parameters, prior)
            .draw(vae.noise(parameters, vae.scope().tf().constant(new long[2])));
    prior.logDensity(draw.z());
    vae.likelihood(draw.z());
  }

  /** One draw of every row. */
  private Map<String, Operand<?>> draw(
      Ops tf, Operand<TInt32> turn, Map<String, Operand<?>> given) {
    Weights inputs = Weights.given(name -> floats(given, WEIGHT + name));
    VaeGraph body =
        new VaeGraph(vae.config(), vae.shape(), new LayerScope(tf, inputs, ""))
            .withCondition(optional(given, CONDITION));
    Operand<TFloat32> x = floats(given, X);
    Operand<TInt64> seed = given.get(SEED).asOutput().expect(TInt64.class);
    Operand<TInt64> turnSeed =
        tf.math.add(seed, tf.stack(List.of(tf.constant(0L), tf.dtypes.cast(turn, TInt64.class))));

    Operand<TFloat32> parameters = floats(given, PARAMETERS);
    Prior.Distribution prior = body.priorGiven(optional(given, STATISTICS));
    Posterior.Conditional posterior = body.posteriorGiven(parameters, prior);
    Posterior.Draw draw = posterior.draw(body.noise(parameters, turnSeed));
    Operand<TFloat32> fit = body.likelihood(draw.z()).logDensity(x);
    Operand<TFloat64> logWeight =
        wide(tf, tf.math.sub(tf.math.add(fit, prior.logDensity(draw.z())), draw.logDensity()));
    Operand<TFloat64> greatest = tf.math.maximum(doubles(given, GREATEST), logWeight);
    Operand<TFloat64> rescaled =
        tf.math.mul(
            doubles(given, SUM), tf.math.exp(tf.math.sub(doubles(given, GREATEST), greatest)));
    Operand<TFloat32> divergence =
        tf.reduceSum(
            new VaeGraph.Inference(tf, prior, posterior, draw).divergence(), tf.constant(1));
    return Map.of(
        GREATEST, greatest,
        SUM, tf.math.add(rescaled, tf.math.exp(tf.math.sub(logWeight, greatest))),
        FIT, tf.math.add(doubles(given, FIT), wide(tf, fit)),
        DIVERGENCE, tf.math.add(doubles(given, DIVERGENCE), wide(tf, divergence)));
  }

  private static Operand<TFloat64> wide(Ops tf, Operand<TFloat32> value) {
    return tf.dtypes.cast(value, TFloat64.class);
  }

  private static Operand<TFloat64> doubles(Map<String, Operand<?>> given, String name) {
    return given.get(name).asOutput().expect(TFloat64.class);
  }

  private static Optional<Operand<TFloat32>> optional(Map<String, Operand<?>> given, String name) {
    return given.containsKey(name) ? Optional.of(floats(given, name)) : Optional.empty();
  }

  private static Operand<TFloat32> floats(Map<String, Operand<?>> given, String name) {
    return given.get(name).asOutput().expect(TFloat32.class);
  }

  /** Back to float32, with the shape that the loop has forgotten. */
  private static Operand<TFloat32> row(Ops tf, Operand<TFloat64> value, String name) {
    return tf.withName(name)
        .reshape(tf.dtypes.cast(value, TFloat32.class), tf.constant(new int[] {-1}));
  }
}
