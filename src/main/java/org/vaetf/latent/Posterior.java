package org.vaetf.latent;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.vaetf.nn.LayerScope;

/** The posterior axis: the family of q(z|x). */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Deterministic.class, name = "deterministic"),
  @JsonSubTypes.Type(value = DiagonalGaussian.class, name = "diagonal-gaussian"),
  @JsonSubTypes.Type(value = FullGaussian.class, name = "full-gaussian"),
  @JsonSubTypes.Type(value = FlowPosterior.class, name = "flow"),
  @JsonSubTypes.Type(value = LadderPosterior.class, name = "ladder"),
})
public interface Posterior {

  /**
   * Refuses to stand beside some priors, or in some numbers of dimensions.
   *
   * @param prior p(z)
   * @param latent dimensions of z
   * @throws org.vaetf.base.ConfigException if the two do not go together
   */
  default void requireFits(Prior prior, int latent) {}

  /**
   * Adds the last layer of the encoder.
   *
   * @param scope for its weights
   * @param features {@code [batch, features]}
   * @param latent dimensions of z
   * @return the parameters of q(z|x), {@code [batch, parameters]}
   */
  Operand<TFloat32> parameters(LayerScope scope, Operand<TFloat32> features, int latent);

  /**
   * The distribution that some parameters stand for.
   *
   * @param scope for weights of the posterior's own
   * @param parameters from {@link #parameters}
   * @param latent dimensions of z
   * @param prior p(z)
   * @return q(z|x) of each row
   */
  Conditional given(
      LayerScope scope, Operand<TFloat32> parameters, int latent, Prior.Distribution prior);

  /** q(z|x) of each row of a batch. */
  interface Conditional {

    /**
     * The posterior mean.
     *
     * @return {@code [batch, latent]}
     */
    Operand<TFloat32> mean();

    /**
     * The logarithm of the posterior variance.
     *
     * @return {@code [batch, latent]}; minus infinity where there is no variance
     */
    Operand<TFloat32> logVariance();

    /**
     * A draw by reparameterization: a differentiable function of the parameters and of the noise.
     *
     * @param noise standard normal, {@code [batch, latent]}
     * @return the point and its density
     */
    Draw draw(Operand<TFloat32> noise);

    /**
     * The density of some points that need not be draws, where it has a closed form.
     *
     * @param z {@code [batch, latent]}
     * @return log q(z|x) in nats, {@code [batch]}; empty where only the density of a draw is known
     */
    default Optional<Operand<TFloat32>> logDensity(Operand<TFloat32> z) {
      return Optional.empty();
    }

    /**
     * The divergence KL(q(z|x) ‖ p(z)) where it has a closed form.
     *
     * @return nats for each row and dimension, {@code [batch, latent]}; empty where it must be
     *     estimated from draws
     */
    Optional<Operand<TFloat32>> divergence();
  }

  /**
   * A draw of each row.
   *
   * @param z {@code [batch, latent]}
   * @param logDensity log q(z|x) in nats, {@code [batch]}
   */
  record Draw(Operand<TFloat32> z, Operand<TFloat32> logDensity) {}
}
