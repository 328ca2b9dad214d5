package org.vaetf.model;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.vaetf.base.Check;

/**
 * The label y of each row, one-hot: the model is {@code p(x|y) = ∫ p(x|z, y) p(z) dz} with the
 * posterior q(z|x, y), and all its nats are of densities given y. Kingma et al., "Semi-supervised
 * learning with deep generative models", arXiv 1406.5298, equations 2 and 6, where every label is
 * known; Sohn et al., "Learning structured output representation using deep conditional generative
 * models" (NIPS 2015), section 4, with a prior that does not depend on the condition.
 *
 * @param classes how many there are; 0 for as many as the training data have
 */
public record Labels(int classes) implements Condition {

  /**
   * Checks the number.
   *
   * @param classes how many there are; 0 for as many as the training data have
   * @throws org.vaetf.base.ConfigException if it is below 0
   */
  public Labels {
    Check.atLeast("classes", classes, 0);
  }

  /**
   * As many classes as the training data have.
   *
   * @return the defaults
   */
  public static Labels defaults() {
    return new Labels(0);
  }

  @Override
  public boolean needsLabels() {
    return true;
  }

  @Override
  public Condition settledOn(int number) {
    return classes == 0 ? new Labels(Check.atLeast("classes", number, 1)) : this;
  }

  @Override
  public Optional<Operand<TFloat32>> columns(Ops tf, Operand<TInt64> labels) {
    if (classes == 0) {
      throw new IllegalStateException("the number of classes is left to the data, and not settled");
    }
    return Optional.of(tf.oneHot(labels, tf.constant(classes), tf.constant(1f), tf.constant(0f)));
  }
}
