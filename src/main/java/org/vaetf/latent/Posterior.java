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
})
public interface Posterior {

  /**
   * How many numbers the encoder must give for each latent dimension.
   *
   * @return at least 1
   */
  int parametersPerDimension();

  /**
   * The distribution that some parameters stand for.
   *
   * @param scope for weights of the posterior's own
   * @param parameters {@code [batch, latent * parametersPerDimension()]}
   * @return q(z|x) of each row
   */
  Conditional given(LayerScope scope, Operand<TFloat32> parameters);

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
     * @param scope the graph to add it to
     * @param noise standard normal, {@code [batch, latent]}
     * @return the point and its density
     */
    Draw draw(LayerScope scope, Operand<TFloat32> noise);

    /**
     * The divergence KL(q(z|x) ‖ p(z)) where it has a closed form.
     *
     * @param scope the graph to add it to
     * @param prior p(z)
     * @return nats for each row and dimension, {@code [batch, latent]}; empty where it must be
     *     estimated from draws
     */
    Optional<Operand<TFloat32>> divergence(LayerScope scope, Prior prior);
  }

  /**
   * A draw of each row.
   *
   * @param z {@code [batch, latent]}
   * @param logDensity log q(z|x) in nats, {@code [batch]}
   */
  record Draw(Operand<TFloat32> z, Operand<TFloat32> logDensity) {}
}
