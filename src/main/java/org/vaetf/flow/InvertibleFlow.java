package org.vaetf.flow;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.nn.LayerScope;

/**
 * A flow that can be followed backwards: {@link #inverse} undoes {@link #forward}, and its
 * determinant is that of the way back.
 */
public interface InvertibleFlow extends Flow {

  /**
   * One map, backwards.
   *
   * @param scope for its weights
   * @param z {@code [rows, latent]}
   * @param parameters {@code [rows, parameters(latent)]}
   * @return the u with f(u) = z, and {@code log |det ∂u/∂z|}
   */
  Image inverse(LayerScope scope, Operand<TFloat32> z, Operand<TFloat32> parameters);

  /**
   * All maps of a flow without parameters of the rows' own, backwards from the last.
   *
   * @param scope as given to {@link #chain}
   * @param z {@code [rows, latent]}
   * @param parameters {@code [rows, 0]}
   * @return the u whose image under the chain is z
   */
  default Image inverseChain(LayerScope scope, Operand<TFloat32> z, Operand<TFloat32> parameters) {
    Ops tf = scope.tf();
    Operand<TFloat32> u = z;
    Operand<TFloat32> determinant = null;
    for (int i = steps() - 1; i >= 0; i--) {
      Image image = inverse(scope.child("step" + (i + 1)), u, parameters);
      u = i == 0 ? image.z() : Flow.reversed(tf, image.z());
      determinant =
          determinant == null
              ? image.logDeterminant()
              : tf.math.add(determinant, image.logDeterminant());
    }
    return new Image(u, determinant);
  }
}
