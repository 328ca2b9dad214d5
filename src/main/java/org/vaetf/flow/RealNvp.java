package org.vaetf.flow;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.nn.Activation;
import org.vaetf.nn.Columns;
import org.vaetf.nn.Dense;
import org.vaetf.nn.Initializer;
import org.vaetf.nn.LayerScope;

/**
 * Affine coupling: the first half of the dimensions stays, and says how the second is stretched and
 * moved, {@code z_b = u_b exp(s(u_a)) + t(u_a)}; as quick in one direction as in the other. Dinh et
 * al., arXiv 1605.08803, equations 4 to 8. s is bounded softly by {@code 3 tanh(s / 3)}.
 *
 * @param steps how many maps follow one another, at least 1; with two or more, every dimension
 *     moves
 * @param hidden widths of each map's hidden layers, at least one
 */
public record RealNvp(int steps, List<Integer> hidden) implements InvertibleFlow {

  /**
   * Copies and checks the sizes.
   *
   * @param steps how many maps follow one another, at least 1
   * @param hidden widths of each map's hidden layers, at least one
   * @throws ConfigException if one is out of range
   */
  public RealNvp {
    hidden = List.copyOf(hidden);
    Check.atLeast("steps of a flow", steps, 1);
    Check.atLeast("number of a flow's hidden layers", hidden.size(), 1);
    hidden.forEach(width -> Check.atLeast("width of a flow's hidden layer", width, 1));
  }

  /**
   * Six maps over hidden layers of 128.
   *
   * @return the defaults
   */
  public static RealNvp defaults() {
    return new RealNvp(6, List.of(128));
  }

  @Override
  public void requireFits(int latent) {
    if (latent < 2) {
      throw new ConfigException(
          "latent", latent, "at least 2 for a real-nvp flow, which moves one half by the other");
    }
  }

  @Override
  public int parameters(int latent) {
    return 0;
  }

  @Override
  public Image forward(LayerScope scope, Operand<TFloat32> u, Operand<TFloat32> parameters) {
    Ops tf = scope.tf();
    Coupling coupling = coupling(scope, u);
    Operand<TFloat32> moved =
        tf.math.add(tf.math.mul(coupling.moving, tf.math.exp(coupling.scale)), coupling.shift);
    return new Image(
        tf.concat(List.of(coupling.staying, moved), tf.constant(1)),
        Columns.sum(tf, coupling.scale));
  }

  @Override
  public Image inverse(LayerScope scope, Operand<TFloat32> z, Operand<TFloat32> parameters) {
    Ops tf = scope.tf();
    Coupling coupling = coupling(scope, z);
    Operand<TFloat32> back =
        tf.math.mul(
            tf.math.sub(coupling.moving, coupling.shift), tf.math.exp(tf.math.neg(coupling.scale)));
    return new Image(
        tf.concat(List.of(coupling.staying, back), tf.constant(1)),
        tf.math.neg(Columns.sum(tf, coupling.scale)));
  }

  /** The two halves, and what the first says of the second. */
  private record Coupling(
      Operand<TFloat32> staying,
      Operand<TFloat32> moving,
      Operand<TFloat32> shift,
      Operand<TFloat32> scale) {}

  private Coupling coupling(LayerScope scope, Operand<TFloat32> z) {
    Ops tf = scope.tf();
    int latent = (int) z.shape().get(1);
    requireFits(latent);
    int first = latent / 2;
    int second = latent - first;
    List<Operand<TFloat32>> halves = Columns.widths(tf, z, first, second);
    Operand<TFloat32> features = halves.get(0);
    for (int i = 0; i < hidden.size(); i++) {
      features =
          Dense.apply(
              scope.child("hidden" + (i + 1)), features, hidden.get(i), Activation.LEAKY_RELU);
    }
    // Near zero at first, so that the flow begins near the identity.
    Operand<TFloat32> output =
        Dense.linear(
            scope.child("output"),
            features,
            2L * second,
            Initializer.uniform(hidden.get(hidden.size() - 1)).times(0.01f));
    List<Operand<TFloat32>> both = Columns.parts(tf, output, 2);
    return new Coupling(
        halves.get(0), halves.get(1), both.get(0), LogScale.bounded(tf, both.get(1)));
  }
}
