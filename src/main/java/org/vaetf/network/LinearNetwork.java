package org.vaetf.network;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.RowShape;
import org.vaetf.nn.Columns;
import org.vaetf.nn.Dense;
import org.vaetf.nn.Flat;
import org.vaetf.nn.LayerScope;

/**
 * No hidden layer: the posterior's parameters are a linear function of the data, and the data's of
 * the latent point. A linear autoencoder trained on squared error spans the principal subspace:
 * Baldi and Hornik, "Neural networks and principal component analysis" (1989).
 */
public record LinearNetwork() implements Network {

  @Override
  public Operand<TFloat32> encode(
      LayerScope scope, Operand<TFloat32> x, Optional<Operand<TFloat32>> condition) {
    return Columns.beside(scope.tf(), Flat.flatten(scope.tf(), x), condition);
  }

  @Override
  public Operand<TFloat32> decode(LayerScope scope, Operand<TFloat32> z, RowShape output) {
    return Flat.unflatten(
        scope.tf(), Dense.linear(scope.child("output"), z, output.size()), output);
  }
}
