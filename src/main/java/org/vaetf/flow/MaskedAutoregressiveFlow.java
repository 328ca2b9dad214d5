package org.vaetf.flow;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Check;
import org.vaetf.nn.LayerScope;

/**
 * Each dimension is moved by what came before it in z, {@code u_i = z_i exp(s_i) + m_i} with s_i
 * and m_i functions of z before i: all dimensions at once on the way from z to noise, as the
 * density of a prior needs it, and one after the other to draw. Papamakarios et al., arXiv
 * 1705.07057, equations 3 to 6, with {@code α_i = −s_i} and {@code μ_i = −m_i exp(−s_i)}.
 *
 * @param steps how many maps follow one another, at least 1
 * @param hidden widths of each map's hidden layers, at least one
 * @param context how many numbers of the encoder's each map sees, 0 or more
 */
public record MaskedAutoregressiveFlow(int steps, List<Integer> hidden, int context)
    implements InvertibleFlow {

  /**
   * Copies and checks the sizes.
   *
   * @param steps how many maps follow one another, at least 1
   * @param hidden widths of each map's hidden layers, at least one
   * @param context how many numbers of the encoder's each map sees, 0 or more
   * @throws org.vaetf.base.ConfigException if one is out of range
   */
  public MaskedAutoregressiveFlow {
    hidden = List.copyOf(hidden);
    Check.atLeast("steps of a flow", steps, 1);
    Check.atLeast("number of a flow's hidden layers", hidden.size(), 1);
    hidden.forEach(width -> Check.atLeast("width of a flow's hidden layer", width, 1));
    Check.atLeast("context of a flow", context, 0);
  }

  /**
   * Four maps over hidden layers of 128, without a context.
   *
   * @return the defaults
   */
  public static MaskedAutoregressiveFlow defaults() {
    return new MaskedAutoregressiveFlow(4, List.of(128), 0);
  }

  @Override
  public int parameters(int latent) {
    return context;
  }

  @Override
  public Image forward(LayerScope scope, Operand<TFloat32> u, Operand<TFloat32> parameters) {
    return new AffineAutoregression(hidden).undo(scope, u, parameters);
  }

  @Override
  public Image inverse(LayerScope scope, Operand<TFloat32> z, Operand<TFloat32> parameters) {
    return new AffineAutoregression(hidden).apply(scope, z, parameters);
  }
}
