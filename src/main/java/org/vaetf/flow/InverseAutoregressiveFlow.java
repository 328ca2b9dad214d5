package org.vaetf.flow;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Check;
import org.vaetf.nn.LayerScope;

/**
 * Each dimension is moved by what came before it in the noise, {@code z_i = u_i exp(s_i) + m_i}
 * with s_i and m_i functions of u before i: all dimensions at once on the way from noise to z, as a
 * posterior needs it, and one after the other on the way back. Kingma et al., arXiv 1606.04934,
 * section 3 and algorithm 1, in the affine form of Papamakarios et al., arXiv 1705.07057, section
 * 3.3.
 *
 * @param steps how many maps follow one another, at least 1
 * @param hidden widths of each map's hidden layers, at least one
 * @param context how many numbers of the encoder's each map sees, 0 or more
 */
public record InverseAutoregressiveFlow(int steps, List<Integer> hidden, int context)
    implements InvertibleFlow {

  /**
   * Copies and checks the sizes.
   *
   * @param steps how many maps follow one another, at least 1
   * @param hidden widths of each map's hidden layers, at least one
   * @param context how many numbers of the encoder's each map sees, 0 or more
   * @throws org.vaetf.base.ConfigException if one is out of range
   */
  public InverseAutoregressiveFlow {
    hidden = List.copyOf(hidden);
    Check.atLeast("steps of a flow", steps, 1);
    Check.atLeast("number of a flow's hidden layers", hidden.size(), 1);
    hidden.forEach(width -> Check.atLeast("width of a flow's hidden layer", width, 1));
    Check.atLeast("context of a flow", context, 0);
  }

  /**
   * Two maps over hidden layers of 256, a context of 64 numbers from the encoder.
   *
   * @return the defaults
   */
  public static InverseAutoregressiveFlow defaults() {
    return new InverseAutoregressiveFlow(2, List.of(256), 64);
  }

  @Override
  public int parameters(int latent) {
    return context;
  }

  @Override
  public Image forward(LayerScope scope, Operand<TFloat32> u, Operand<TFloat32> parameters) {
    return new AffineAutoregression(hidden).apply(scope, u, parameters);
  }

  @Override
  public Image inverse(LayerScope scope, Operand<TFloat32> z, Operand<TFloat32> parameters) {
    return new AffineAutoregression(hidden).undo(scope, z, parameters);
  }
}
