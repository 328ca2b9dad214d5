package org.vaetf.latent;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Kinds;
import org.vaetf.flow.Flow;
import org.vaetf.flow.InvertibleFlow;
import org.vaetf.flow.RealNvp;
import org.vaetf.nn.LayerScope;

/**
 * p(z) is what a flow makes of the standard normal, {@code log p(z) = log N(u; 0, I) + log |det
 * ∂u/∂z|} with u the point that the flow takes to z; the flow is learned with the decoder. Chen et
 * al., "Variational Lossy Autoencoder", arXiv 1611.02731, section 3.2.
 *
 * @param flow one that can be followed backwards, the same for all rows: real-nvp, or
 *     masked-autoregressive without a context
 */
public record FlowPrior(Flow flow) implements Prior {

  /**
   * Checks the flow.
   *
   * @param flow one that can be followed backwards
   * @throws ConfigException if it is missing or cannot
   */
  public FlowPrior {
    Check.present("flow", flow);
    if (!(flow instanceof InvertibleFlow)) {
      throw new ConfigException(
          "flow of a density",
          Kinds.describe(Flow.class, flow),
          "one that can be followed backwards: real-nvp or masked-autoregressive");
    }
  }

  /**
   * Six affine couplings.
   *
   * @return the defaults
   */
  public static FlowPrior defaults() {
    return new FlowPrior(RealNvp.defaults());
  }

  @Override
  public void requireFits(Posterior posterior, int latent) {
    flow.requireFits(latent);
    if (flow.parameters(latent) != 0) {
      throw new ConfigException(
          "context of the prior's flow",
          flow.parameters(latent),
          "0: there is no row that a prior could take it from");
    }
  }

  @Override
  public Distribution given(LayerScope scope, int latent, Optional<Operand<TFloat32>> statistics) {
    return new Flowing(scope, (InvertibleFlow) flow);
  }

  private record Flowing(LayerScope scope, InvertibleFlow flow) implements Distribution {

    @Override
    public Operand<TFloat32> logDensity(Operand<TFloat32> z) {
      Ops tf = scope.tf();
      Flow.Image origin = flow.inverseChain(scope, z, nothing(z));
      return tf.math.add(
          new StandardNormal.Standard(tf).logDensity(origin.z()), origin.logDeterminant());
    }

    @Override
    public Operand<TFloat32> draw(Operand<TFloat32> noise) {
      return flow.chain(scope, noise, nothing(noise)).z();
    }

    /** No columns, as many rows. */
    private Operand<TFloat32> nothing(Operand<TFloat32> rows) {
      Ops tf = scope.tf();
      Operand<TInt32> from = tf.constant(new int[] {0, 0});
      return tf.reshape(
          tf.slice(rows, from, tf.constant(new int[] {-1, 0})), tf.constant(new int[] {-1, 0}));
    }
  }
}
