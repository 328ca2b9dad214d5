package org.vaetf.network;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.RowShape;
import org.vaetf.nn.LayerScope;

/** The network axis: how data become features, and how a latent point becomes data. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LinearNetwork.class, name = "linear"),
  @JsonSubTypes.Type(value = DenseNetwork.class, name = "dense"),
  @JsonSubTypes.Type(value = ConvolutionalNetwork.class, name = "convolutional"),
  @JsonSubTypes.Type(value = CustomNetwork.class, name = "custom"),
})
public interface Network {

  /**
   * Adds the encoder's body. The posterior adds its own linear layer behind it.
   *
   * @param scope for the encoder's weights
   * @param x {@code [batch, shape...]}, all but the batch known
   * @param condition what is known of each row beside x, {@code [batch, columns]}; the features
   *     must depend on it
   * @return features {@code [batch, features]}
   * @throws org.vaetf.base.ConfigException if the network cannot take rows of this shape
   */
  Operand<TFloat32> encode(
      LayerScope scope, Operand<TFloat32> x, Optional<Operand<TFloat32>> condition);

  /**
   * Adds the decoder, its last layer linear.
   *
   * @param scope for the decoder's weights
   * @param z {@code [batch, latent]}, with the columns of a condition to its right
   * @param output the shape to give: that of the data but for its last size, which the likelihood
   *     says
   * @return {@code [batch, output...]}
   * @throws org.vaetf.base.ConfigException if the network cannot give rows of this shape
   */
  Operand<TFloat32> decode(LayerScope scope, Operand<TFloat32> z, RowShape output);
}
