package org.vaetf.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.vaetf.latent.Posterior;
import org.vaetf.latent.Prior;

/** The objective axis: the number that training minimises. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Reconstruction.class, name = "reconstruction"),
  @JsonSubTypes.Type(value = Elbo.class, name = "elbo"),
  @JsonSubTypes.Type(value = ImportanceWeighted.class, name = "importance-weighted"),
  @JsonSubTypes.Type(
      value = PartiallyImportanceWeighted.class,
      name = "partially-importance-weighted"),
  @JsonSubTypes.Type(value = Renyi.class, name = "renyi"),
  @JsonSubTypes.Type(value = Capacity.class, name = "capacity"),
  @JsonSubTypes.Type(value = TotalCorrelation.class, name = "total-correlation"),
  @JsonSubTypes.Type(value = Factor.class, name = "factor"),
  @JsonSubTypes.Type(value = Dip.class, name = "dip"),
  @JsonSubTypes.Type(value = Mmd.class, name = "mmd"),
  @JsonSubTypes.Type(value = Adversarial.class, name = "adversarial"),
  @JsonSubTypes.Type(value = Regularized.class, name = "regularized"),
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

  /** −log (1/k) Σ w over all k draws of a row, the mean over rows, nats. */
  String NEGATIVE_IMPORTANCE_BOUND = "negative_importance_bound";

  /**
   * Refuses to be minimised for some models.
   *
   * @param posterior q(z|x)
   * @param prior p(z)
   * @throws org.vaetf.base.ConfigException if the objective needs what they have not
   */
  default void requireFits(Posterior posterior, Prior prior) {}

  /**
   * Adds the loss and its terms to a graph.
   *
   * @param vae the model
   * @param step a batch and what comes with it
   * @return scalars by name, means over the batch in nats; {@link #LOSS} first
   */
  Map<String, Operand<TFloat32>> terms(VaeGraph vae, Step step);

  /**
   * What moves by an optimizer of its own, as an adversary does, and not by the run's.
   *
   * @return optimizers by the beginning of their weights' names; none where the run's moves all
   */
  default Map<String, Adam> ownOptimizers() {
    return Map.of();
  }

  /**
   * For how long the objective goes from its easy form to its full one.
   *
   * @return epochs; 0 for the full form from the start
   */
  default double warmUpEpochs() {
    return 0;
  }

  /**
   * What an objective is given of a step.
   *
   * @param x a batch, {@code [batch, shape...]}
   * @param seed int64 {@code [2]}, of this step's noise
   * @param warmUp float32 {@code []}, from 0 to 1: how far {@link #warmUpEpochs} have gone
   * @param trainingRows how many rows there are to learn from
   */
  record Step(
      Operand<TFloat32> x, Operand<TInt64> seed, Operand<TFloat32> warmUp, long trainingRows) {}
}
