package org.vaetf.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.vaetf.latent.Posterior;

/** The reconstruction error alone, as an autoencoder minimises it: the mean of −log p(x|z). */
public record Reconstruction() implements Objective {

  @Override
  public Map<String, Operand<TFloat32>> terms(
      VaeGraph vae, Operand<TFloat32> x, Operand<TInt64> seed, Operand<TFloat32> warmUp) {
    Ops tf = vae.scope().tf();
    Posterior.Draw draw = vae.draw(vae.posterior(x), seed);
    Operand<TFloat32> error =
        tf.math.neg(tf.math.mean(vae.likelihood(draw.z()).trainingLogDensity(x), tf.constant(0)));
    Map<String, Operand<TFloat32>> terms = new LinkedHashMap<>();
    terms.put(LOSS, error);
    terms.put(RECONSTRUCTION_ERROR, error);
    return terms;
  }

  @Override
  public double warmUpEpochs() {
    return 0;
  }
}
