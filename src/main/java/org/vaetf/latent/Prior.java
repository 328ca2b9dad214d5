package org.vaetf.latent;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.RowShape;
import org.vaetf.nn.LayerScope;

/** The prior axis: p(z). */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = StandardNormal.class, name = "standard-normal"),
  @JsonSubTypes.Type(value = NormalMixturePrior.class, name = "normal-mixture"),
  @JsonSubTypes.Type(value = VampPrior.class, name = "vamp"),
  @JsonSubTypes.Type(value = FlowPrior.class, name = "flow"),
  @JsonSubTypes.Type(value = LadderPrior.class, name = "ladder"),
})
public interface Prior {

  /**
   * Refuses to stand beside some posteriors, or in some numbers of dimensions.
   *
   * @param posterior q(z|x)
   * @param latent dimensions of z
   * @throws org.vaetf.base.ConfigException if the two do not go together
   */
  default void requireFits(Posterior posterior, int latent) {}

  /**
   * How many of z's columns, from the first, the decoder sees: all, but for a hierarchy, of which
   * it sees the lowest layer.
   *
   * @param latent dimensions of z
   * @return at most {@code latent}
   */
  default int visible(int latent) {
    return latent;
  }

  /**
   * How many normal numbers a draw takes.
   *
   * @param latent dimensions of z
   * @return at least {@code latent}
   */
  default int noise(int latent) {
    return latent;
  }

  /**
   * How many rows of the training data are wanted as the first value of the weight {@link
   * VampPrior#PSEUDO_INPUTS}.
   *
   * @return 0 for a prior without such a weight
   */
  default int rowsOfData() {
    return 0;
  }

  /**
   * What is computed once for a graph, and not again for each draw: the posteriors of a VampPrior's
   * pseudo-inputs.
   *
   * @param scope for weights of the prior's own
   * @param x the shape of a row of data
   * @param posteriorParameters the encoder, rows of x to parameters of q(z|x)
   * @return empty for a prior that the data do not come into
   */
  default Optional<Operand<TFloat32>> statistics(
      LayerScope scope, RowShape x, UnaryOperator<Operand<TFloat32>> posteriorParameters) {
    return Optional.empty();
  }

  /**
   * The distribution.
   *
   * @param scope for weights of the prior's own
   * @param latent dimensions of z
   * @param statistics from {@link #statistics}
   * @return p(z)
   */
  Distribution given(LayerScope scope, int latent, Optional<Operand<TFloat32>> statistics);

  /** p(z) in a graph. */
  interface Distribution {

    /**
     * The density of some points.
     *
     * @param z {@code [rows, latent]}
     * @return log p(z) in nats, {@code [rows]}
     */
    Operand<TFloat32> logDensity(Operand<TFloat32> z);

    /**
     * Draws points.
     *
     * @param noise standard normal, {@code [rows, noise(latent)]}
     * @return {@code [rows, latent]}
     */
    Operand<TFloat32> draw(Operand<TFloat32> noise);
  }
}
