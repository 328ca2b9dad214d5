package org.vaetf.network;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Kinds;
import org.vaetf.base.RowShape;
import org.vaetf.nn.Columns;
import org.vaetf.nn.Dense;
import org.vaetf.nn.Flat;
import org.vaetf.nn.LayerScope;

/**
 * A network given in Java. The library adds a linear layer behind each body, so the bodies are free
 * in what they return. A condition stands beside the features that the encoder's body returns, and
 * to the right of the point that the decoder's is given. JSON keeps the name alone: a run with a
 * custom network goes on only from Java, its export needs nothing.
 *
 * @param name what the manifest says
 * @param encoder {@code [batch, shape...]} to {@code [batch, anything known]}
 * @param decoder {@code [batch, latent + columns of a condition]} to {@code [batch, anything
 *     known]}
 */
@JsonIncludeProperties("name")
public record CustomNetwork(String name, Body encoder, Body decoder) implements Network {

  /** Any layers. */
  @FunctionalInterface
  public interface Body {
    /**
     * Adds the layers to a graph. Called once for each graph, and once more for the body of a loop:
     * the same weights must be asked for each time.
     *
     * @param scope the graph ({@link LayerScope#tf}) and the weights ({@link LayerScope#weight})
     * @param input the batch unknown, the rest known
     * @return the batch unknown, the rest known
     */
    Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> input);
  }

  @JsonCreator
  @SuppressWarnings("DoNotCallSuggester") // Jackson calls it.
  static CustomNetwork fromJson(@JsonProperty("name") String name) {
    throw new ConfigException(
        "network",
        "custom ('" + name + "')",
        "one of: "
            + String.join(", ", Kinds.of(Network.class).choices())
            + "; a custom network is given in Java");
  }

  @Override
  public Operand<TFloat32> encode(
      LayerScope scope, Operand<TFloat32> x, Optional<Operand<TFloat32>> condition) {
    return Columns.beside(
        scope.tf(), Flat.flatten(scope.tf(), encoder.apply(scope.child("body"), x)), condition);
  }

  @Override
  public Operand<TFloat32> decode(LayerScope scope, Operand<TFloat32> z, RowShape output) {
    Operand<TFloat32> features = Flat.flatten(scope.tf(), decoder.apply(scope.child("body"), z));
    return Flat.unflatten(
        scope.tf(), Dense.linear(scope.child("output"), features, output.size()), output);
  }
}
