package org.vaetf.latent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Kinds;
import org.vaetf.density.NormalDensity;
import org.vaetf.nn.Activation;
import org.vaetf.nn.Columns;
import org.vaetf.nn.Dense;
import org.vaetf.nn.LayerScope;

/**
 * A hierarchy of latent layers, {@code p(z) = p(z_L) p(z_{L−1}|z_L) … p(z_1|z_2)}: the highest
 * standard normal, each other normal with mean and variance from a dense layer over the one above;
 * the decoder sees z_1. Sønderby et al., "Ladder variational autoencoders", arXiv 1602.02282, the
 * generative model there. The columns of z hold z_1 first and z_L last; each layer has half the
 * dimensions of the one below, 124 in five layers being 64, 32, 16, 8 and 4.
 *
 * @param layers L, at least 2
 * @param hidden width of the dense layer between two latent layers
 */
public record LadderPrior(int layers, int hidden) implements Prior {

  /**
   * Checks the sizes.
   *
   * @param layers L, at least 2
   * @param hidden width of the dense layer between two latent layers
   * @throws ConfigException if one is out of range
   */
  public LadderPrior {
    Check.atLeast("layers of the ladder", layers, 2);
    Check.atLeast("hidden width of the ladder", hidden, 1);
  }

  /**
   * Two layers with 128 between them.
   *
   * @return the defaults
   */
  public static LadderPrior defaults() {
    return new LadderPrior(2, 128);
  }

  @Override
  public void requireFits(Posterior posterior, int latent) {
    Ladder.widths(latent, layers);
    if (!(posterior instanceof LadderPosterior ladder)) {
      throw new ConfigException(
          "posterior beside the prior ladder",
          Kinds.describe(Posterior.class, posterior),
          "the posterior ladder");
    }
    if (ladder.layers() != layers) {
      throw new ConfigException(
          "layers of the ladder",
          ladder.layers() + " of the posterior",
          layers + ", as the prior has");
    }
  }

  @Override
  public int visible(int latent) {
    return Ladder.widths(latent, layers).get(0);
  }

  @Override
  public Distribution given(LayerScope scope, int latent, Optional<Operand<TFloat32>> statistics) {
    return new Hierarchy(scope, Ladder.widths(latent, layers), hidden);
  }

  /** The layers in a graph; the posterior goes down along them. */
  record Hierarchy(LayerScope scope, List<Integer> widths, int hidden) implements Distribution {

    /** A layer's normal distribution, a row each. */
    record Normal(Operand<TFloat32> mean, Operand<TFloat32> logVariance) {}

    /** {@code p(z_layer | z_{layer+1})}, the lowest layer being 0. */
    Normal below(int layer, Operand<TFloat32> above) {
      LayerScope rung = scope.child("layer" + (layer + 1));
      Operand<TFloat32> features = Dense.apply(rung.child("dense"), above, hidden, Activation.TANH);
      List<Operand<TFloat32>> halves =
          Columns.parts(
              scope.tf(), Dense.linear(rung.child("output"), features, 2L * widths.get(layer)), 2);
      return new Normal(halves.get(0), LatentVariance.bounded(scope.tf(), halves.get(1)));
    }

    int top() {
      return widths.size() - 1;
    }

    @Override
    public Operand<TFloat32> logDensity(Operand<TFloat32> z) {
      Ops tf = scope.tf();
      List<Operand<TFloat32>> layers = split(z);
      Operand<TFloat32> density = new StandardNormal.Standard(tf).logDensity(layers.get(top()));
      for (int layer = top() - 1; layer >= 0; layer--) {
        Normal normal = below(layer, layers.get(layer + 1));
        density =
            tf.math.add(
                density,
                Columns.sum(
                    tf,
                    NormalDensity.log(tf, layers.get(layer), normal.mean(), normal.logVariance())));
      }
      return density;
    }

    @Override
    public Operand<TFloat32> draw(Operand<TFloat32> noise) {
      Ops tf = scope.tf();
      List<Operand<TFloat32>> parts = split(noise);
      List<Operand<TFloat32>> drawn = new ArrayList<>();
      Operand<TFloat32> above = parts.get(top());
      drawn.add(above);
      for (int layer = top() - 1; layer >= 0; layer--) {
        Normal normal = below(layer, above);
        Operand<TFloat32> deviation =
            tf.math.exp(tf.math.mul(tf.constant(0.5f), normal.logVariance()));
        above = tf.math.add(normal.mean(), tf.math.mul(deviation, parts.get(layer)));
        drawn.add(above);
      }
      Collections.reverse(drawn);
      return tf.concat(drawn, tf.constant(1));
    }

    List<Operand<TFloat32>> split(Operand<TFloat32> columns) {
      return Columns.widths(
          scope.tf(), columns, widths.stream().mapToInt(Integer::intValue).toArray());
    }
  }
}
