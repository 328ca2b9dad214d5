package org.vaetf.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.latent.Posterior;
import org.vaetf.latent.Prior;
import org.vaetf.model.ModelConfig;
import org.vaetf.model.VaeGraph;
import org.vaetf.nn.LayerScope;
import org.vaetf.nn.Weights;
import org.vaetf.tf.Array;
import org.vaetf.tf.Compute;
import org.vaetf.tf.GraphSession;

/**
 * A model without its training, in its scaled space, whose weights are set from outside as often as
 * one likes. A session of its own: nothing here reaches the training's variables. Owns that
 * session; close it.
 */
final class InferenceGraph implements AutoCloseable {
  private static final String X = "x";
  private static final String X_LABEL = "x_label";
  private static final String MEAN = "mean";
  private static final String LOG_VARIANCE = "log_variance";
  private static final String Z = "z";
  private static final String Z_LABEL = "z_label";
  private static final String DECODED = "decoded";
  private static final String COUNT = "count";
  private static final String SEED = "seed";
  private static final String POINTS = "points";
  private static final String SET = ".set";
  private static final String VALUE = ".value";

  private final GraphSession session;
  private final RowShape shape;
  private final int latent;
  private final int most;
  private final List<String> weights = new ArrayList<>();

  /**
   * Builds the graph; its weights have no values yet.
   *
   * @param model the point on the axes
   * @param shape of a row of x
   * @param compute device and threads
   * @param most rows that are computed at once
   */
  InferenceGraph(ModelConfig model, RowShape shape, Compute compute, int most) {
    this.shape = shape;
    this.latent = model.latent();
    this.most = most;
    this.session = GraphSession.build(compute, tf -> build(tf, model));
  }

  private void build(Ops tf, ModelConfig model) {
    Weights source = Weights.from((graph, name, size, first) -> settable(graph, name, size));
    VaeGraph vae = new VaeGraph(model, shape, new LayerScope(tf, source, ""));
    Prior.Distribution prior = vae.prior();

    Operand<TFloat32> x = rows(tf, X, GraphSession.asShape(shape));
    VaeGraph encoding = labelled(tf, X_LABEL, vae);
    Posterior.Conditional posterior =
        encoding.posteriorGiven(encoding.posteriorParameters(x), prior);
    tf.withName(MEAN).identity(posterior.mean());
    tf.withName(LOG_VARIANCE).identity(posterior.logVariance());

    Operand<TFloat32> z = rows(tf, Z, Shape.of(latent));
    tf.withName(DECODED).identity(labelled(tf, Z_LABEL, vae).likelihood(z).mean());

    Operand<TInt32> count =
        tf.withName(COUNT).placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
    Operand<TInt64> seed =
        tf.withName(SEED).placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
    tf.withName(POINTS).identity(vae.drawPrior(prior, count, seed));
  }

  private Operand<TFloat32> settable(Ops tf, String name, Shape size) {
    weights.add(name);
    Variable<TFloat32> variable = tf.withName(name).variable(size, TFloat32.class);
    Operand<TFloat32> value =
        tf.withName(name + VALUE).placeholder(TFloat32.class, Placeholder.shape(size));
    tf.withName(name + SET).assign(variable, value);
    return variable;
  }

  private static Operand<TFloat32> rows(Ops tf, String name, Shape row) {
    return tf.withName(name)
        .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1).append(row)));
  }

  private static VaeGraph labelled(Ops tf, String name, VaeGraph vae) {
    return vae.config().condition().needsLabels()
        ? vae.given(tf.withName(name).placeholder(TInt64.class, Placeholder.shape(Shape.of(-1))))
        : vae;
  }

  /**
   * Sets every weight.
   *
   * @param values by name; those of weights that the graph does not have are passed over
   */
  void set(Map<String, Array> values) {
    GraphSession.Call call = session.call();
    for (String name : weights) {
      call.feed(name + VALUE, values.get(name)).target(name + SET);
    }
    call.run();
  }

  /**
   * The posterior of each row.
   *
   * @param x scaled, {@code [rows, shape...]}
   * @param labels of the rows, where the model is conditional
   * @return mean and log-variance, {@code [rows, latent]} each
   */
  List<Samples> encode(Samples x, Optional<long[]> labels) {
    float[] mean = new float[x.rows() * latent];
    float[] logVariance = new float[x.rows() * latent];
    for (int from = 0; from < x.rows(); from += most) {
      call(X, x, X_LABEL, labels, from)
          .fetchInto(MEAN, mean, from * latent)
          .fetchInto(LOG_VARIANCE, logVariance, from * latent)
          .run();
    }
    RowShape point = RowShape.of(latent);
    return List.of(new Samples(point, mean), new Samples(point, logVariance));
  }

  /**
   * The mean of p(x|z) for each point.
   *
   * @param z {@code [rows, latent]}
   * @param labels of the points, where the model is conditional
   * @return scaled, {@code [rows, shape...]}
   */
  Samples decode(Samples z, Optional<long[]> labels) {
    float[] x = new float[Math.multiplyExact(z.rows(), shape.size())];
    for (int from = 0; from < z.rows(); from += most) {
      call(Z, z, Z_LABEL, labels, from).fetchInto(DECODED, x, from * shape.size()).run();
    }
    return new Samples(shape, x);
  }

  private GraphSession.Call call(
      String input, Samples rows, String label, Optional<long[]> labels, int from) {
    int to = Math.min(rows.rows(), from + most);
    GraphSession.Call call = session.call().feed(input, rows, from, to);
    labels.ifPresent(all -> call.feed(label, Arrays.copyOfRange(all, from, to)));
    return call;
  }

  /**
   * Points of p(z).
   *
   * @param count how many
   * @param seed of the draws
   * @return {@code [count, latent]}
   */
  Samples points(int count, long[] seed) {
    return session
        .call()
        .feedScalar(COUNT, count)
        .feed(SEED, seed)
        .fetch(POINTS)
        .run()
        .get(0)
        .rows();
  }

  @Override
  public void close() {
    session.close();
  }
}
