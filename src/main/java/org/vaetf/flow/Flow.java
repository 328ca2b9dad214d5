package org.vaetf.flow;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.nn.Columns;
import org.vaetf.nn.LayerScope;

/**
 * The flow axis: a chain of maps f of the latent space whose Jacobian determinants are known, so
 * that a density goes along: {@code log p(f(u)) = log p(u) − log |det ∂f/∂u|}. Rezende and Mohamed,
 * arXiv 1505.05770, equation 5.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = PlanarFlow.class, name = "planar"),
  @JsonSubTypes.Type(value = RadialFlow.class, name = "radial"),
  @JsonSubTypes.Type(value = InverseAutoregressiveFlow.class, name = "inverse-autoregressive"),
  @JsonSubTypes.Type(value = MaskedAutoregressiveFlow.class, name = "masked-autoregressive"),
  @JsonSubTypes.Type(value = RealNvp.class, name = "real-nvp"),
})
public interface Flow {

  /**
   * Refuses some numbers of dimensions.
   *
   * @param latent dimensions of z
   * @throws org.vaetf.base.ConfigException if the flow has no map of so many
   */
  default void requireFits(int latent) {}

  /**
   * How many maps follow one another.
   *
   * @return at least 1
   */
  int steps();

  /**
   * How many numbers of each row's own one map takes, from an encoder.
   *
   * @param latent dimensions of z
   * @return 0 for a flow that is the same for all rows
   */
  int parameters(int latent);

  /**
   * One map.
   *
   * @param scope for its weights
   * @param u {@code [rows, latent]}
   * @param parameters {@code [rows, parameters(latent)]}
   * @return f(u)
   */
  Image forward(LayerScope scope, Operand<TFloat32> u, Operand<TFloat32> parameters);

  /**
   * All maps, from the first. Between two of them the dimensions are reversed, so that a map which
   * treats them differently does not always treat the same ones so.
   *
   * @param scope for their weights
   * @param u {@code [rows, latent]}
   * @param parameters {@code [rows, steps() * parameters(latent)]}
   * @return the image under the chain
   */
  default Image chain(LayerScope scope, Operand<TFloat32> u, Operand<TFloat32> parameters) {
    Ops tf = scope.tf();
    int[] widths = new int[steps()];
    Arrays.fill(widths, parameters((int) u.shape().get(1)));
    List<Operand<TFloat32>> own = Columns.widths(tf, parameters, widths);
    Operand<TFloat32> z = u;
    List<Operand<TFloat32>> determinants = new ArrayList<>();
    for (int i = 0; i < steps(); i++) {
      Image image =
          forward(scope.child("step" + (i + 1)), i == 0 ? z : reversed(tf, z), own.get(i));
      z = image.z();
      determinants.add(image.logDeterminant());
    }
    return new Image(z, tf.math.addN(determinants));
  }

  /**
   * The dimensions in the other order.
   *
   * @param tf the graph
   * @param z {@code [rows, latent]}
   * @return the same numbers
   */
  static Operand<TFloat32> reversed(Ops tf, Operand<TFloat32> z) {
    return tf.reverse(z, tf.constant(new int[] {1}));
  }

  /**
   * Where points go.
   *
   * @param z {@code [rows, latent]}
   * @param logDeterminant {@code log |det ∂z/∂u|}, nats, {@code [rows]}
   */
  record Image(Operand<TFloat32> z, Operand<TFloat32> logDeterminant) {}
}
