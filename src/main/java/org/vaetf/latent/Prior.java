package org.vaetf.latent;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.vaetf.nn.LayerScope;

/** The prior axis: p(z). */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = StandardNormal.class, name = "standard-normal"),
})
public interface Prior {

  /**
   * The density of some points.
   *
   * @param scope for weights of the prior's own
   * @param z {@code [batch, latent]}
   * @return log p(z) in nats, {@code [batch]}
   */
  Operand<TFloat32> logDensity(LayerScope scope, Operand<TFloat32> z);

  /**
   * Points drawn from the prior.
   *
   * @param scope for weights of the prior's own
   * @param noise standard normal, {@code [count, latent]}
   * @return {@code [count, latent]}
   */
  Operand<TFloat32> draw(LayerScope scope, Operand<TFloat32> noise);
}
