package org.vaetf.network;

import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Check;
import org.vaetf.base.RowShape;
import org.vaetf.nn.Activation;
import org.vaetf.nn.Columns;
import org.vaetf.nn.Dense;
import org.vaetf.nn.Flat;
import org.vaetf.nn.LayerScope;

/**
 * Fully connected layers: the encoder through {@code hidden} in order, the decoder through the same
 * widths in reverse.
 *
 * @param hidden widths of the encoder's layers, at least one
 * @param activation behind each hidden layer
 */
public record DenseNetwork(List<Integer> hidden, Activation activation) implements Network {

  /**
   * Copies and checks the widths.
   *
   * @param hidden widths of the encoder's layers, at least one
   * @param activation behind each hidden layer
   * @throws org.vaetf.base.ConfigException if there is none, or one is below 1
   */
  public DenseNetwork {
    hidden = List.copyOf(hidden);
    Check.atLeast("number of hidden layers", hidden.size(), 1);
    hidden.forEach(width -> Check.atLeast("hidden width", width, 1));
  }

  /**
   * One layer of 400 with swish.
   *
   * @return the defaults
   */
  public static DenseNetwork defaults() {
    return new DenseNetwork(List.of(400), Activation.SWISH);
  }

  @Override
  public Operand<TFloat32> encode(
      LayerScope scope, Operand<TFloat32> x, Optional<Operand<TFloat32>> condition) {
    Operand<TFloat32> features = Columns.beside(scope.tf(), Flat.flatten(scope.tf(), x), condition);
    for (int i = 0; i < hidden.size(); i++) {
      features = Dense.apply(scope.child("dense" + (i + 1)), features, hidden.get(i), activation);
    }
    return features;
  }

  @Override
  public Operand<TFloat32> decode(LayerScope scope, Operand<TFloat32> z, RowShape output) {
    Operand<TFloat32> features = z;
    for (int i = 0; i < hidden.size(); i++) {
      int width = hidden.get(hidden.size() - 1 - i);
      features = Dense.apply(scope.child("dense" + (i + 1)), features, width, activation);
    }
    return Flat.unflatten(
        scope.tf(), Dense.linear(scope.child("output"), features, output.size()), output);
  }
}
