package org.vaetf.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.vaetf.base.RowShape;
import org.vaetf.latent.Deterministic;
import org.vaetf.model.ModelConfig;
import org.vaetf.network.ConvolutionalNetwork;
import org.vaetf.network.DenseNetwork;
import org.vaetf.network.LinearNetwork;
import org.vaetf.nn.Activation;
import org.vaetf.tf.Array;

/**
 * A model computed row by row from its weights, in double precision and with loops alone: what the
 * graphs are held against.
 */
public final class PlainModel {
  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);
  private static final int KERNEL = 4;
  private static final int STRIDE = 2;

  private final ModelConfig config;
  private final RowShape shape;
  private final Map<String, Array> weights;
  private final double[] condition;

  /** The model of a configuration and its weights by name. */
  public PlainModel(ModelConfig config, RowShape shape, Map<String, Array> weights) {
    this(config, shape, weights, new double[0]);
  }

  private PlainModel(
      ModelConfig config, RowShape shape, Map<String, Array> weights, double[] condition) {
    this.config = config;
    this.shape = shape;
    this.weights = weights;
    this.condition = condition;
  }

  /** The same model for rows of a class. */
  public PlainModel given(int label) {
    double[] oneHot = new double[config.condition().classes()];
    oneHot[label] = 1;
    return new PlainModel(config, shape, weights, oneHot);
  }

  private double[] conditioned(double[] columns) {
    return DoubleStream.concat(Arrays.stream(columns), Arrays.stream(condition)).toArray();
  }

  /** The mean of q(z|x), {@code [latent]}. */
  public double[] mean(double[] x) {
    return Arrays.copyOf(posterior(x), config.latent());
  }

  /** The log-variance of q(z|x), {@code [latent]}; of a deterministic posterior −∞. */
  public double[] logVariance(double[] x) {
    if (config.posterior() instanceof Deterministic) {
      double[] none = new double[config.latent()];
      Arrays.fill(none, Double.NEGATIVE_INFINITY);
      return none;
    }
    return Arrays.copyOfRange(posterior(x), config.latent(), 2 * config.latent());
  }

  /** KL of q(z|x) from the standard normal for each dimension, nats. */
  public double[] divergence(double[] x) {
    double[] mean = mean(x);
    double[] logVariance = logVariance(x);
    double[] kl = new double[mean.length];
    for (int i = 0; i < kl.length; i++) {
      kl[i] = (mean[i] * mean[i] + Math.exp(logVariance[i]) - 1 - logVariance[i]) / 2;
    }
    return kl;
  }

  /** {@code μ + σ ε}, or μ of a deterministic posterior. */
  public double[] draw(double[] x, double[] noise) {
    double[] z = mean(x);
    double[] logVariance = logVariance(x);
    for (int i = 0; i < z.length; i++) {
      z[i] += Math.exp(logVariance[i] / 2) * noise[i];
    }
    return z;
  }

  /** log q(z|x), nats. */
  public double posteriorLogDensity(double[] x, double[] z) {
    return normalLogDensity(z, mean(x), logVariance(x));
  }

  /** log p(z) of the standard normal, nats. */
  public static double priorLogDensity(double[] z) {
    return normalLogDensity(z, new double[z.length], new double[z.length]);
  }

  /** The mean of p(x|z), a row. */
  public double[] decode(double[] z) {
    return likelihood().mean(decoder(z));
  }

  /** log p(x|z), nats. */
  public double logDensity(double[] x, double[] z) {
    return likelihood().logDensity(x, decoder(z));
  }

  private PlainLikelihood likelihood() {
    return PlainLikelihood.of(config.likelihood(), shape, weights);
  }

  private static double normalLogDensity(double[] z, double[] mean, double[] logVariance) {
    double sum = 0;
    for (int i = 0; i < z.length; i++) {
      double square = (z[i] - mean[i]) * (z[i] - mean[i]);
      sum -= (LOG_TWO_PI + logVariance[i] + square / Math.exp(logVariance[i])) / 2;
    }
    return sum;
  }

  private double[] posterior(double[] x) {
    double[] features = conditioned(x);
    if (config.network() instanceof DenseNetwork dense) {
      features = hidden("encoder", features, dense.hidden().size(), dense.activation());
    } else if (config.network() instanceof ConvolutionalNetwork network) {
      List<int[]> sizes = sizes(network);
      int channels = shape.channels();
      features = x;
      for (int i = 0; i < network.channels().size(); i++) {
        String name = "encoder.convolution" + (i + 1);
        int filters = network.channels().get(i);
        features = convolution(name, features, sizes.get(i), channels, filters);
        features = activate(features, network.activation());
        channels = filters;
      }
      features = activate(affine("encoder.dense", conditioned(features)), network.activation());
    } else if (!(config.network() instanceof LinearNetwork)) {
      throw new IllegalArgumentException("no plain form of " + config.network());
    }
    return affine("encoder.posterior", features);
  }

  private double[] decoder(double[] point) {
    double[] z = conditioned(point);
    if (config.network() instanceof ConvolutionalNetwork network) {
      List<int[]> sizes = sizes(network);
      int depth = network.channels().size();
      double[] y = activate(affine("decoder.dense", z), network.activation());
      y = activate(affine("decoder.expand", y), network.activation());
      int channels = network.channels().get(depth - 1);
      for (int i = depth - 1; i >= 0; i--) {
        int next =
            i == 0
                ? config.likelihood().parameters(shape).channels()
                : network.channels().get(i - 1);
        y = transposed("decoder.convolution" + (depth - i), y, sizes.get(i), channels, next);
        y = i == 0 ? y : activate(y, network.activation());
        channels = next;
      }
      return y;
    }
    double[] features = z;
    if (config.network() instanceof DenseNetwork dense) {
      features = hidden("decoder", features, dense.hidden().size(), dense.activation());
    }
    return affine("decoder.output", features);
  }

  private double[] hidden(String path, double[] x, int layers, Activation activation) {
    double[] features = x;
    for (int i = 1; i <= layers; i++) {
      features = activate(affine(path + ".dense" + i, features), activation);
    }
    return features;
  }

  private double[] affine(String name, double[] x) {
    float[] kernel = weights.get(name + ".kernel").values();
    double[] y = Near.doubles(weights.get(name + ".bias").values());
    if (kernel.length != x.length * y.length) {
      throw new IllegalArgumentException(name + ": kernel of " + kernel.length + " values");
    }
    for (int j = 0; j < y.length; j++) {
      for (int i = 0; i < x.length; i++) {
        y[j] += x[i] * kernel[i * y.length + j];
      }
    }
    return y;
  }

  private static double[] activate(double[] x, Activation activation) {
    return Arrays.stream(x).map(value -> PlainActivation.value(activation, value)).toArray();
  }

  /** Height and width in front of the first convolution, and behind each. */
  private List<int[]> sizes(ConvolutionalNetwork network) {
    int[][] sizes = new int[network.channels().size() + 1][];
    sizes[0] = new int[] {shape.dimensions().get(0), shape.dimensions().get(1)};
    for (int i = 1; i < sizes.length; i++) {
      sizes[i] = new int[] {half(sizes[i - 1][0]), half(sizes[i - 1][1])};
    }
    return List.of(sizes);
  }

  private static int half(int size) {
    return (size + STRIDE - 1) / STRIDE;
  }

  private double[] convolution(String name, double[] x, int[] size, int channels, int filters) {
    double[] y = new double[half(size[0]) * half(size[1]) * filters];
    float[] kernel = weights.get(name + ".kernel").values();
    float[] bias = weights.get(name + ".bias").values();
    for (int i = 0; i < y.length; i++) {
      y[i] = bias[i % filters];
    }
    eachProduct(
        size,
        (large, small, tap) -> {
          for (int c = 0; c < channels; c++) {
            for (int f = 0; f < filters; f++) {
              y[small * filters + f] +=
                  x[large * channels + c] * kernel[(tap * channels + c) * filters + f];
            }
          }
        });
    return y;
  }

  /** The adjoint of the convolution from {@code size} down. */
  private double[] transposed(String name, double[] x, int[] size, int channels, int filters) {
    double[] y = new double[size[0] * size[1] * filters];
    float[] kernel = weights.get(name + ".kernel").values();
    float[] bias = weights.get(name + ".bias").values();
    for (int i = 0; i < y.length; i++) {
      y[i] = bias[i % filters];
    }
    eachProduct(
        size,
        (large, small, tap) -> {
          for (int f = 0; f < filters; f++) {
            for (int c = 0; c < channels; c++) {
              y[large * filters + f] +=
                  x[small * channels + c] * kernel[(tap * filters + f) * channels + c];
            }
          }
        });
    return y;
  }

  @FunctionalInterface
  private interface Product {
    void at(int large, int small, int tap);
  }

  /** Every pair of pixels that a kernel's tap connects, padding SAME. */
  private static void eachProduct(int[] size, Product product) {
    int[] small = {half(size[0]), half(size[1])};
    int top = Math.max(0, (small[0] - 1) * STRIDE + KERNEL - size[0]) / 2;
    int left = Math.max(0, (small[1] - 1) * STRIDE + KERNEL - size[1]) / 2;
    for (int row = 0; row < small[0]; row++) {
      for (int column = 0; column < small[1]; column++) {
        for (int tap = 0; tap < KERNEL * KERNEL; tap++) {
          int y = row * STRIDE - top + tap / KERNEL;
          int x = column * STRIDE - left + tap % KERNEL;
          if (y >= 0 && y < size[0] && x >= 0 && x < size[1]) {
            product.at(y * size[1] + x, row * small[1] + column, tap);
          }
        }
      }
    }
  }
}
