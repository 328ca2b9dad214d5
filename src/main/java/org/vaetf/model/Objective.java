package org.vaetf.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** The objective axis: the number that training minimises. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Reconstruction.class, name = "reconstruction"),
  @JsonSubTypes.Type(value = Elbo.class, name = "elbo"),
})
public interface Objective {
  /** The term that is minimised. */
  String LOSS = "loss";

  /** The mean of −log p(x|z), nats. */
  String RECONSTRUCTION_ERROR = "reconstruction_error";

  /** The mean of KL(q(z|x) ‖ p(z)), nats. */
  String KL = "kl";

  /** {@link #RECONSTRUCTION_ERROR} plus {@link #KL}, whatever the weights in the loss. */
  String NEGATIVE_ELBO = "negative_elbo";

  /**
   * Adds the loss and its terms to a graph.
   *
   * @param vae the model
   * @param x a batch, {@code [batch, shape...]}
   * @param seed int64 {@code [2]}, of this step's noise
   * @param warmUp float32 {@code []}, from 0 to 1: how far {@link #warmUpEpochs} have gone
   * @return scalars by name, means over the batch in nats; {@link #LOSS} first
   */
  Map<String, Operand<TFloat32>> terms(
      VaeGraph vae, Operand<TFloat32> x, Operand<TInt64> seed, Operand<TFloat32> warmUp);

  /**
   * For how long the objective goes from its easy form to its full one.
   *
   * @return epochs; 0 for the full form from the start
   */
  double warmUpEpochs();
}
