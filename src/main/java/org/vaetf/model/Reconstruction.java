package org.vaetf.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.vaetf.latent.Posterior;
import org.vaetf.latent.Prior;

/** The reconstruction error alone, as an autoencoder minimises it: the mean of −log p(x|z). */
public record Reconstruction() implements Objective {

  @Override
  public void requireFits(Posterior posterior, Prior prior) {
    FixedPrior.require(prior, "reconstruction");
  }

  @Override
  public Map<String, Operand<TFloat32>> terms(VaeGraph vae, Step step) {
    Operand<TFloat32> error = vae.trainingError(vae.infer(step.x(), step.seed()), step.x());
    Map<String, Operand<TFloat32>> terms = new LinkedHashMap<>();
    terms.put(LOSS, error);
    terms.put(RECONSTRUCTION_ERROR, error);
    return terms;
  }
}
