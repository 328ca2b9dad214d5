package org.vaetf.model;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Check;
import org.vaetf.nn.Activation;
import org.vaetf.nn.Dense;
import org.vaetf.nn.LayerScope;

/**
 * A dense network that learns beside the model to tell two kinds of points apart: d(z) is the log
 * odds that z is of the first kind. What the model sees of it does not move it, and what it is
 * taught does not move the model. It is no part of the export.
 *
 * @param scope the model's
 * @param hidden widths of its layers
 */
record Discriminator(LayerScope scope, List<Integer> hidden) {
  /** The name of {@link #loss} among an objective's terms. */
  static final String LOSS = "discriminator_loss";

  private static final String NAME = "discriminator";

  /** What the names of its weights begin with. */
  static final String PREFIX = NAME + ".";

  /**
   * Checks the settings of an objective that has one.
   *
   * @return a copy of the widths
   * @throws org.vaetf.base.ConfigException if there is no layer, or one without width
   */
  static List<Integer> widths(List<Integer> hidden) {
    List<Integer> widths = List.copyOf(hidden);
    Check.atLeast("number of the discriminator's layers", widths.size(), 1);
    widths.forEach(width -> Check.atLeast("width of the discriminator", width, 1));
    return widths;
  }

  /** d(z) as the model sees it, {@code [batch, 1]}: differentiable by z alone. */
  Operand<TFloat32> logOdds(Operand<TFloat32> z) {
    return of(scope.child(NAME).held(), z);
  }

  /**
   * What it is taught: the mean of {@code (softplus(−d(first)) + softplus(d(second))) / 2}, which
   * is log 2 where it cannot tell.
   *
   * @param first points, {@code [batch, latent]}
   * @param second points, {@code [batch, latent]}
   * @return {@code []}, differentiable by the discriminator's weights alone
   */
  Operand<TFloat32> loss(Operand<TFloat32> first, Operand<TFloat32> second) {
    Ops tf = scope.tf();
    LayerScope learning = scope.child(NAME);
    Operand<TFloat32> ofFirst = of(learning, tf.stopGradient(first));
    Operand<TFloat32> ofSecond = of(learning, tf.stopGradient(second));
    return tf.math.mul(
        tf.constant(0.5f),
        tf.math.add(
            BatchMean.of(tf, tf.math.softplus(tf.math.neg(ofFirst))),
            BatchMean.of(tf, tf.math.softplus(ofSecond))));
  }

  private Operand<TFloat32> of(LayerScope scope, Operand<TFloat32> z) {
    Operand<TFloat32> features = z;
    for (int i = 0; i < hidden.size(); i++) {
      features =
          Dense.apply(
              scope.child("dense" + (i + 1)), features, hidden.get(i), Activation.LEAKY_RELU);
    }
    return Dense.linear(scope.child("output"), features, 1);
  }
}
