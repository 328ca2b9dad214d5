package org.vaetf.likelihood;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.RowShape;
import org.vaetf.density.DiscretizedLogisticDensity;
import org.vaetf.density.LogSumExp;
import org.vaetf.density.SoftBound;
import org.vaetf.nn.Columns;
import org.vaetf.nn.Flat;

/**
 * A mixture of discretized logistic distributions for each pixel.
 *
 * @param tf the graph
 * @param shape of a row
 * @param logWeights log π, {@code [batch, pixels, components]}
 * @param locations μ, {@code [batch, pixels, channels, components]}
 * @param logScales log s, {@code [batch, pixels, channels, components]}
 * @param slopes α, β and γ, {@code [batch, pixels, 3, components]}; empty where a pixel has not
 *     three channels
 */
record PixelMixture(
    Ops tf,
    RowShape shape,
    Operand<TFloat32> logWeights,
    Operand<TFloat32> locations,
    Operand<TFloat32> logScales,
    List<Operand<TFloat32>> slopes)
    implements Likelihood.Conditional {
  private static final int CHANNEL_AXIS = 2;
  private static final int COMPONENT_AXIS = 2;

  /**
   * How the values of a row make pixels.
   *
   * @param pixels in a row
   * @param channels of a pixel
   */
  record Layout(int pixels, int channels) {
    static Layout of(RowShape shape) {
      int channels = shape.rank() == 3 ? shape.channels() : 1;
      return new Layout(shape.size() / channels, channels);
    }

    int slopes() {
      return channels == 3 ? 3 : 0;
    }

    /** How many numbers a component takes for a pixel. */
    int parameters() {
      return 1 + 2 * channels + slopes();
    }
  }

  /** The mixtures of some rows of parameters, {@code [batch, ...]}. */
  static PixelMixture of(Ops tf, Operand<TFloat32> parameters, RowShape shape, int components) {
    Layout layout = Layout.of(shape);
    int channels = layout.channels;
    Operand<TFloat32> all =
        tf.reshape(
            parameters,
            tf.constant(new long[] {-1, layout.pixels, layout.parameters(), components}));
    Operand<TFloat32> logits = part(tf, all, 0, 1);
    Operand<TFloat32> logScales =
        SoftBound.above(
            tf,
            SoftBound.below(
                tf, part(tf, all, 1 + channels, channels), DiscretizedLogistic.LEAST_LOG_SCALE),
            DiscretizedLogistic.MOST_LOG_SCALE);
    return new PixelMixture(
        tf,
        shape,
        logWeights(tf, logits, layout.pixels, components),
        part(tf, all, 1, channels),
        logScales,
        layout.slopes() == 0
            ? List.of()
            : parts(tf, tf.math.tanh(part(tf, all, 1 + 2 * channels, layout.slopes()))));
  }

  /** In a table: TensorFlow's gradient of LogSoftmax is right for two axes only. */
  private static Operand<TFloat32> logWeights(
      Ops tf, Operand<TFloat32> logits, long pixels, long components) {
    Operand<TFloat32> table = tf.reshape(logits, tf.constant(new long[] {-1, components}));
    return tf.reshape(tf.nn.logSoftmax(table), tf.constant(new long[] {-1, pixels, components}));
  }

  private static Operand<TFloat32> part(Ops tf, Operand<TFloat32> all, int from, int count) {
    return tf.slice(
        all, tf.constant(new int[] {0, 0, from, 0}), tf.constant(new int[] {-1, -1, count, -1}));
  }

  private static List<Operand<TFloat32>> parts(Ops tf, Operand<TFloat32> channels) {
    long count = channels.shape().get(CHANNEL_AXIS);
    return List.copyOf(tf.split(tf.constant(CHANNEL_AXIS), channels, count).output());
  }

  @Override
  public Operand<TFloat32> logDensity(Operand<TFloat32> x) {
    long channels = locations.shape().get(CHANNEL_AXIS);
    Operand<TFloat32> levels =
        tf.reshape(x, tf.constant(new long[] {-1, shape.size() / channels, channels, 1}));
    Operand<TFloat32> moved = slopes.isEmpty() ? locations : moved(parts(tf, levels));
    Operand<TFloat32> byChannel =
        DiscretizedLogisticDensity.log(tf, levels, moved, logScales, DiscretizedLogistic.LEVELS);
    Operand<TFloat32> byComponent =
        tf.math.add(tf.reduceSum(byChannel, tf.constant(CHANNEL_AXIS)), logWeights);
    return Columns.sum(tf, LogSumExp.over(tf, byComponent, COMPONENT_AXIS));
  }

  /** Locations, given the channels before; of {@code known} the first two are looked at. */
  private Operand<TFloat32> moved(List<Operand<TFloat32>> known) {
    List<Operand<TFloat32>> own = parts(tf, locations);
    Operand<TFloat32> third =
        tf.math.add(
            tf.math.mul(slopes.get(1), known.get(0)), tf.math.mul(slopes.get(2), known.get(1)));
    return tf.concat(
        List.of(own.get(0), second(own.get(1), known.get(0)), tf.math.add(own.get(2), third)),
        tf.constant(CHANNEL_AXIS));
  }

  private Operand<TFloat32> second(Operand<TFloat32> own, Operand<TFloat32> first) {
    return tf.math.add(own, tf.math.mul(slopes.get(0), first));
  }

  /**
   * The mean of the components' means, {@link DiscretizedLogisticDensity#mean}. Where a channel
   * depends on those before, their means take their places, component by component: exact but for
   * what the ends of the range cut off.
   */
  @Override
  public Operand<TFloat32> mean() {
    Operand<TFloat32> moved = locations;
    if (!slopes.isEmpty()) {
      List<Operand<TFloat32>> own = parts(tf, locations);
      List<Operand<TFloat32>> scales = parts(tf, logScales);
      Operand<TFloat32> first = DiscretizedLogisticDensity.mean(tf, own.get(0), scales.get(0));
      Operand<TFloat32> second =
          DiscretizedLogisticDensity.mean(tf, second(own.get(1), first), scales.get(1));
      moved = moved(List.of(first, second));
    }
    Operand<TFloat32> means = DiscretizedLogisticDensity.mean(tf, moved, logScales);
    Operand<TFloat32> weights = tf.expandDims(tf.math.exp(logWeights), tf.constant(CHANNEL_AXIS));
    Operand<TFloat32> mixed =
        tf.reduceSum(tf.math.mul(means, weights), tf.constant(CHANNEL_AXIS + 1));
    return Flat.unflatten(tf, mixed, shape);
  }
}
