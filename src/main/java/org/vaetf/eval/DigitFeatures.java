package org.vaetf.eval;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.ConfigException;
import org.vaetf.base.DataException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.DataSet;
import org.vaetf.nn.Activation;
import org.vaetf.nn.Convolution;
import org.vaetf.nn.Dense;
import org.vaetf.nn.Flat;
import org.vaetf.nn.LayerScope;
import org.vaetf.nn.Weights;
import org.vaetf.tf.Compute;
import org.vaetf.tf.GraphSession;
import org.vaetf.tf.Workers;

/**
 * Features of grey 28×28 digits: the last hidden layer, 64 numbers, of a small convolutional
 * classifier of MNIST. {@code tools/classifier/train_digits.py} trained it on the rows that {@code
 * mnist-10k} holds to learn from; {@code digits/README.txt} beside the weights says how well. These
 * are not Inception's features: distances measured by them compare with each other and with nothing
 * else. Safe for use by many threads. Owns a session and threads: close it.
 */
public final class DigitFeatures implements Features, AutoCloseable {
  /** The rows that it takes. */
  public static final RowShape SHAPE = RowShape.image(28, 28, 1);

  private static final String WEIGHTS = "digits/weights.f32";
  private static final float WHITE = 255;
  private static final int FEATURES = 64;
  private static final String INPUT = "x";
  private static final String OUTPUT = "features";

  /**
   * Rows computed together, whatever the number of threads, so that results do not depend on it.
   */
  private static final int PART = 250;

  private final GraphSession session;
  private final Workers workers;

  private DigitFeatures(GraphSession session, Workers workers) {
    this.session = session;
    this.workers = workers;
  }

  /**
   * Reads the weights and builds the graph.
   *
   * @param compute device and threads
   * @return the features
   * @throws org.vaetf.base.VaeException if the device cannot be used
   */
  public static DigitFeatures open(Compute compute) {
    FloatBuffer weights = weights();
    GraphSession session = GraphSession.build(compute, tf -> addTo(tf, weights));
    return new DigitFeatures(session, compute.workers());
  }

  private static FloatBuffer weights() {
    try (InputStream in = DigitFeatures.class.getResourceAsStream(WEIGHTS)) {
      if (in == null) {
        throw new DataException(WEIGHTS, "is missing in the jar; build it again");
      }
      return ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    } catch (IOException e) {
      throw DataException.unreadable(WEIGHTS, e);
    }
  }

  private static void addTo(Ops tf, FloatBuffer weights) {
    // They lie in the file in the order in which the layers ask for them.
    Weights source = Weights.from((ops, name, shape, initializer) -> next(ops, shape, weights));
    LayerScope scope = new LayerScope(tf, source, "");
    Operand<TFloat32> x =
        tf.withName(INPUT)
            .placeholder(
                TFloat32.class,
                Placeholder.shape(Shape.of(-1).append(GraphSession.asShape(SHAPE))));
    x = tf.clipByValue(x, tf.constant(0f), tf.constant(WHITE));
    x = tf.math.div(x, tf.constant(WHITE));
    int layer = 1;
    for (Convolution.Geometry geometry :
        new Convolution.Geometry[] {
          new Convolution.Geometry(16, 5, 2),
          new Convolution.Geometry(32, 3, 2),
          new Convolution.Geometry(32, 3, 2)
        }) {
      x = Convolution.apply(scope.child("convolution" + layer++), x, geometry, Activation.RELU);
    }
    x = Dense.apply(scope.child("dense"), Flat.flatten(tf, x), FEATURES, Activation.ELU);
    tf.withName(OUTPUT).identity(x);
    if (weights.hasRemaining()) {
      throw new IllegalStateException(WEIGHTS + " is of another network");
    }
  }

  private static Operand<TFloat32> next(Ops tf, Shape shape, FloatBuffer weights) {
    float[] values = new float[Math.toIntExact(shape.size())];
    weights.get(values);
    return tf.constant(shape, DataBuffers.of(values, true, false));
  }

  /**
   * The features of some digits. Levels outside 0…255, where the mean of a Gaussian decoder may
   * lie, count as 0 or 255, as in a picture of them.
   *
   * @param rows grey levels, {@code [rows, 28, 28, 1]}
   * @return {@code [rows, 64]}
   * @throws ConfigException if the shape is another, or a value not finite
   */
  @Override
  public Samples of(Samples rows) {
    rows.requireShape("digits to judge", SHAPE);
    requireFinite(rows);
    float[] features = new float[Math.multiplyExact(rows.rows(), FEATURES)];
    workers.map(
        (rows.rows() + PART - 1) / PART,
        part -> {
          int from = part * PART;
          return session
              .call()
              .feed(INPUT, rows, from, Math.min(rows.rows(), from + PART))
              .fetchInto(OUTPUT, features, from * FEATURES)
              .run();
        });
    return new Samples(RowShape.of(FEATURES), features);
  }

  private static void requireFinite(Samples rows) {
    for (int i = 0; i < rows.values().length; i++) {
      if (!Float.isFinite(rows.values()[i])) {
        throw new ConfigException(
            "value " + i % SHAPE.size() + " of row " + i / SHAPE.size(),
            rows.values()[i],
            "a finite number");
      }
    }
  }

  /**
   * Refuses data that holds no grey digits of 28×28. Real numbers are read once for this.
   *
   * @param data not closed
   * @throws DataException if rows are not {@code [28, 28, 1]}, or values not grey levels of 0…255
   */
  @Override
  public void requireData(DataSet data) {
    if (!data.shape().equals(SHAPE)) {
      throw new DataException(
          data.name(),
          "holds rows of shape "
              + data.shape()
              + "; expected "
              + SHAPE
              + ", grey digits, for which these features are; give features of your own for other"
              + " data");
    }
    if (data.encoding() == DataSet.Encoding.REALS) {
      requireGreyLevels(data);
    }
  }

  private static void requireGreyLevels(DataSet data) {
    float[] row = new float[SHAPE.size()];
    float least = 0;
    float greatest = 0;
    for (int i = 0; i < data.rows(); i++) {
      data.read(i, row, 0);
      for (float value : row) {
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
      }
    }
    if (least < 0 || greatest > WHITE || greatest <= 1) {
      throw new DataException(
          data.name(),
          "holds values of "
              + least
              + " to "
              + greatest
              + "; expected grey levels of 0 to 255; scale them back, or store them as bytes");
    }
  }

  /** Waits for calls in flight, then frees the graph. Idempotent. */
  @Override
  public void close() {
    session.close();
    workers.close();
  }
}
