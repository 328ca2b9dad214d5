package org.vaetf.model;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.vaetf.base.RowShape;
import org.vaetf.latent.Posterior;
import org.vaetf.likelihood.Likelihood;
import org.vaetf.nn.Dense;
import org.vaetf.nn.LayerScope;
import org.vaetf.nn.Towers;

/**
 * The axes of a model put together in one graph. Weights whose names begin with {@code encoder.}
 * serve q(z|x) only; all others serve p(z) and p(x|z).
 *
 * @param config the point on the axes
 * @param shape of a row of x
 * @param scope the graph and where weights come from
 * @param towers how rows are shared out while networks and likelihood go over them; all that
 *     concerns the batch as a whole sees it whole
 */
public record VaeGraph(ModelConfig config, RowShape shape, LayerScope scope, Towers towers) {
  /** What the names of the encoder's weights begin with. */
  public static final String ENCODER = "encoder";

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
   * Adds the encoder.
   *
   * @param x {@code [batch, shape...]}
   * @return q(z|x)
   */
  public Posterior.Conditional posterior(Operand<TFloat32> x) {
    return posteriorGiven(posteriorParameters(x));
  }

  /**
   * Adds the encoder without its distribution.
   *
   * @param x {@code [batch, shape...]}
   * @return the parameters of q(z|x), {@code [batch, latent * parametersPerDimension]}
   */
  public Operand<TFloat32> posteriorParameters(Operand<TFloat32> x) {
    LayerScope encoder = scope.child(ENCODER);
    long parameters = (long) config.latent() * config.posterior().parametersPerDimension();
    return towers.apply(
        scope.tf(),
        x,
        rows ->
            Dense.linear(
                encoder.child("posterior"), config.network().encode(encoder, rows), parameters));
  }

  /**
   * The distribution that the encoder's parameters stand for.
   *
   * @param parameters from {@link #posteriorParameters}
   * @return q(z|x)
   */
  public Posterior.Conditional posteriorGiven(Operand<TFloat32> parameters) {
    return config.posterior().given(scope.child("posterior"), parameters);
  }

  /**
   * Adds the decoder.
   *
   * @param z {@code [batch, latent]}
   * @return p(x|z)
   */
  public Likelihood.Conditional likelihood(Operand<TFloat32> z) {
    List<Likelihood.Conditional> parts =
        towers.split(scope.tf(), z).stream().map(this::likelihoodOfRows).toList();
    return parts.size() == 1 ? parts.get(0) : new InTowers(scope.tf(), towers, parts);
  }

  private Likelihood.Conditional likelihoodOfRows(Operand<TFloat32> z) {
    RowShape output = config.likelihood().parameters(shape);
    Operand<TFloat32> parameters = config.network().decode(scope.child("decoder"), z, output);
    return config.likelihood().given(scope.child("likelihood"), parameters, shape);
  }

  /**
   * Draws a point for each row.
   *
   * @param posterior q(z|x)
   * @param seed int64 {@code [2]}
   * @return the points and log q(z|x)
   */
  public Posterior.Draw draw(Posterior.Conditional posterior, Operand<TInt64> seed) {
    return posterior.draw(scope, noise(scope.tf().shape(posterior.mean()), seed));
  }

  /**
   * Draws points from the prior.
   *
   * @param count int32 {@code []}
   * @param seed int64 {@code [2]}
   * @return {@code [count, latent]}
   */
  public Operand<TFloat32> drawPrior(Operand<TInt32> count, Operand<TInt64> seed) {
    Ops tf = scope.tf();
    Operand<TFloat32> noise = noise(tf.stack(List.of(count, tf.constant(config.latent()))), seed);
    // The count is unknown while the graph is built, so state the width again.
    Operand<TFloat32> rows = tf.reshape(noise, tf.constant(new long[] {-1, config.latent()}));
    return config.prior().draw(scope.child("prior"), rows);
  }

  /**
   * The density of p(z).
   *
   * @param z {@code [batch, latent]}
   * @return log p(z) in nats, {@code [batch]}
   */
  public Operand<TFloat32> priorLogDensity(Operand<TFloat32> z) {
    return config.prior().logDensity(scope.child("prior"), z);
  }

  /**
   * The divergence of q(z|x) from p(z): in closed form where there is one, else {@code log q(z|x) −
   * log p(z)} at the draw.
   *
   * @param posterior q(z|x)
   * @param draw from it
   * @return nats, {@code [batch, latent]}, or {@code [batch, 1]} where estimated
   */
  public Operand<TFloat32> divergence(Posterior.Conditional posterior, Posterior.Draw draw) {
    Ops tf = scope.tf();
    return posterior
        .divergence(scope, config.prior())
        .orElseGet(
            () ->
                tf.expandDims(
                    tf.math.sub(draw.logDensity(), priorLogDensity(draw.z())), tf.constant(1)));
  }

  private Operand<TFloat32> noise(Operand<TInt32> shape, Operand<TInt64> seed) {
    Ops tf = scope.tf();
    // Random operations have no gradient: say that none is wanted.
    return tf.stopGradient(tf.random.statelessRandomNormal(shape, seed));
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
