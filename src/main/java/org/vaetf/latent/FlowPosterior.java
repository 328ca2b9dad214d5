package org.vaetf.latent;

import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Check;
import org.vaetf.density.NormalDensity;
import org.vaetf.flow.Flow;
import org.vaetf.flow.InverseAutoregressiveFlow;
import org.vaetf.nn.Columns;
import org.vaetf.nn.Dense;
import org.vaetf.nn.LayerScope;

/**
 * q(z|x) is what a flow makes of a diagonal normal: {@code z = f(μ + σ ε)}, {@code log q(z|x) = log
 * N(u; μ, σ²) − log |det ∂f/∂u|}. Rezende and Mohamed, "Variational inference with normalizing
 * flows", arXiv 1505.05770, equations 5 to 7; Kingma et al., arXiv 1606.04934, for the
 * autoregressive one. The encoder gives μ, log σ², and what the flow takes of each row. Mean and
 * variance have no closed form: see {@link EstimatedMoments}.
 *
 * @param flow from the normal distribution to the posterior
 */
public record FlowPosterior(Flow flow) implements Posterior {

  /**
   * Checks the flow.
   *
   * @param flow from the normal distribution to the posterior
   * @throws org.vaetf.base.ConfigException if it is missing
   */
  public FlowPosterior {
    Check.present("flow", flow);
  }

  /**
   * An inverse autoregressive flow.
   *
   * @return the defaults
   */
  public static FlowPosterior defaults() {
    return new FlowPosterior(InverseAutoregressiveFlow.defaults());
  }

  @Override
  public void requireFits(Prior prior, int latent) {
    flow.requireFits(latent);
  }

  private int own(int latent) {
    return flow.steps() * flow.parameters(latent);
  }

  @Override
  public Operand<TFloat32> parameters(LayerScope scope, Operand<TFloat32> features, int latent) {
    return Dense.linear(scope, features, 2L * latent + own(latent));
  }

  @Override
  public Conditional given(
      LayerScope scope, Operand<TFloat32> parameters, int latent, Prior.Distribution prior) {
    return new Flowing(scope, flow, parameters, latent, own(latent));
  }

  private record Flowing(
      LayerScope scope, Flow flow, Operand<TFloat32> parameters, int latent, int own)
      implements Conditional {

    @Override
    public Draw draw(Operand<TFloat32> noise) {
      return draw(parameters, noise);
    }

    private Draw draw(Operand<TFloat32> rows, Operand<TFloat32> noise) {
      Ops tf = scope.tf();
      List<Operand<TFloat32>> parts = Columns.widths(tf, rows, latent, latent, own);
      Operand<TFloat32> logVariance = LatentVariance.bounded(tf, parts.get(1));
      Operand<TFloat32> u =
          tf.math.add(
              parts.get(0),
              tf.math.mul(tf.math.exp(tf.math.mul(tf.constant(0.5f), logVariance)), noise));
      Operand<TFloat32> density =
          Columns.sum(tf, NormalDensity.log(tf, u, parts.get(0), logVariance));
      Flow.Image image = flow.chain(scope, u, parts.get(2));
      return new Draw(image.z(), tf.math.sub(density, image.logDeterminant()));
    }

    private EstimatedMoments moments() {
      return EstimatedMoments.of(
          scope.tf(), parameters, latent, (rows, noise) -> draw(rows, noise).z());
    }

    @Override
    public Operand<TFloat32> mean() {
      return moments().mean();
    }

    @Override
    public Operand<TFloat32> logVariance() {
      return moments().logVariance();
    }

    @Override
    public Optional<Operand<TFloat32>> divergence() {
      return Optional.empty();
    }
  }
}
