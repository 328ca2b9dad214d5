package org.vaetf.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The terms that every objective with an evidence bound reports, by the names of {@link Objective}.
 */
final class Terms {
  private Terms() {}

  /**
   * The terms in their order.
   *
   * @param loss what is minimised
   * @param error the mean of −log p(x|z)
   * @param kl the mean of KL(q(z|x) ‖ p(z))
   * @return to be added to
   */
  static Map<String, Operand<TFloat32>> of(
      Ops tf, Operand<TFloat32> loss, Operand<TFloat32> error, Operand<TFloat32> kl) {
    Map<String, Operand<TFloat32>> terms = new LinkedHashMap<>();
    terms.put(Objective.LOSS, loss);
    terms.put(Objective.NEGATIVE_ELBO, tf.math.add(error, kl));
    terms.put(Objective.RECONSTRUCTION_ERROR, error);
    terms.put(Objective.KL, kl);
    return terms;
  }
}
