package org.vaetf.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.RowShape;
import org.vaetf.nn.Activation;
import org.vaetf.nn.Columns;
import org.vaetf.nn.Convolution;
import org.vaetf.nn.Dense;
import org.vaetf.nn.Flat;
import org.vaetf.nn.LayerScope;

/**
 * Strided convolutions down, one dense layer, and transposed convolutions back up to exactly the
 * data's height and width. Each convolution has stride 2 and padding {@code SAME}, so a size n
 * becomes {@code ceil(n / 2)}: any image size will do. A condition stands beside what the dense
 * layers take.
 *
 * @param channels filters of the encoder's convolutions, at least one; the decoder's in reverse
 * @param hidden width of the dense layer between the convolutions and the latent space
 * @param activation behind each layer but the last
 */
public record ConvolutionalNetwork(List<Integer> channels, int hidden, Activation activation)
    implements Network {
  private static final long KERNEL = 4;
  private static final long STRIDE = 2;

  /**
   * Copies and checks the widths.
   *
   * @param channels filters of the encoder's convolutions, at least one; the decoder's in reverse
   * @param hidden width of the dense layer between the convolutions and the latent space
   * @param activation behind each layer but the last
   * @throws ConfigException if there is no convolution, or a width is below 1
   */
  public ConvolutionalNetwork {
    channels = List.copyOf(channels);
    Check.atLeast("number of convolutions", channels.size(), 1);
    channels.forEach(filters -> Check.atLeast("channels of a convolution", filters, 1));
    Check.atLeast("hidden width", hidden, 1);
  }

  /**
   * Two convolutions, 32 and 64 filters, and a dense layer of 256, with swish.
   *
   * @return the defaults
   */
  public static ConvolutionalNetwork defaults() {
    return new ConvolutionalNetwork(List.of(32, 64), 256, Activation.SWISH);
  }

  @Override
  public Operand<TFloat32> encode(
      LayerScope scope, Operand<TFloat32> x, Optional<Operand<TFloat32>> condition) {
    if (x.shape().numDimensions() != 4) {
      throw notAnImage(x.shape().tail().toString());
    }
    Operand<TFloat32> y = x;
    for (int i = 0; i < channels.size(); i++) {
      y =
          Convolution.apply(
              scope.child("convolution" + (i + 1)), y, geometry(channels.get(i)), activation);
    }
    Operand<TFloat32> features = Columns.beside(scope.tf(), Flat.flatten(scope.tf(), y), condition);
    return Dense.apply(scope.child("dense"), features, hidden, activation);
  }

  @Override
  public Operand<TFloat32> decode(LayerScope scope, Operand<TFloat32> z, RowShape output) {
    if (output.rank() != 3) {
      throw notAnImage(output.toString());
    }
    List<Shape> sizes = sizes(output);
    int depth = channels.size();
    Shape smallest = sizes.get(depth);
    int filters = channels.get(depth - 1);
    Operand<TFloat32> y = Dense.apply(scope.child("dense"), z, hidden, activation);
    y =
        Dense.apply(
            scope.child("expand"), y, smallest.get(0) * smallest.get(1) * filters, activation);
    y =
        scope
            .tf()
            .reshape(
                y, scope.tf().constant(new long[] {-1, smallest.get(0), smallest.get(1), filters}));
    for (int i = depth - 1; i >= 0; i--) {
      Shape size = sizes.get(i);
      int next = i == 0 ? output.channels() : channels.get(i - 1);
      y =
          Convolution.transposed(
              scope.child("convolution" + (depth - i)),
              y,
              geometry(next),
              size.get(0),
              size.get(1));
      if (i > 0) {
        y = activation.apply(scope.tf(), y);
      }
    }
    return y;
  }

  /** Height and width before the first convolution, and behind each. */
  private List<Shape> sizes(RowShape image) {
    List<Shape> sizes = new ArrayList<>();
    long height = image.dimensions().get(0);
    long width = image.dimensions().get(1);
    sizes.add(Shape.of(height, width));
    for (int i = 0; i < channels.size(); i++) {
      height = (height + STRIDE - 1) / STRIDE;
      width = (width + STRIDE - 1) / STRIDE;
      sizes.add(Shape.of(height, width));
    }
    return sizes;
  }

  private static Convolution.Geometry geometry(int filters) {
    return new Convolution.Geometry(filters, KERNEL, STRIDE);
  }

  private static ConfigException notAnImage(String shape) {
    return new ConfigException(
        "row shape for a convolutional network",
        shape,
        "[height, width, channels]; use --network dense");
  }
}
