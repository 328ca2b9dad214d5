package org.vaetf.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.vaetf.base.LabelledRows;
import org.vaetf.base.Rows;
import org.vaetf.base.Samples;
import org.vaetf.model.Objective;
import org.vaetf.model.VaeGraph;
import org.vaetf.nn.LayerScope;
import org.vaetf.nn.Weights;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.Array;
import org.vaetf.tf.GraphSession;

/**
 * The objective of a model and its gradients as functions of weights that are fed. Rows without
 * labels of a conditional model have those that {@link TinyModel#labels} gives.
 */
final class LossGraph implements AutoCloseable {
  private final TinyModel model;
  private final GraphSession session;
  private final List<String> terms = new ArrayList<>();
  private final List<String> termTensors = new ArrayList<>();
  private final Map<String, String> gradientTensors = new LinkedHashMap<>();

  static final long TRAINING_ROWS = 1000;

  LossGraph(TinyModel model) {
    this.model = model;
    session = GraphSession.build(Evaluate.ONE_THREAD, this::build);
  }

  private void build(Ops tf) {
    Operand<TFloat32> x =
        tf.withName("x")
            .placeholder(
                TFloat32.class,
                Placeholder.shape(Shape.of(-1).append(GraphSession.asShape(model.shape()))));
    Operand<TInt64> seed =
        tf.withName("seed").placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
    Operand<TFloat32> warmUp =
        tf.withName("warm_up").placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    Weights weights =
        Weights.from(
            (ops, name, shape, first) ->
                ops.withName(name).placeholder(TFloat32.class, Placeholder.shape(shape)));
    Operand<TInt64> labels =
        tf.withName("labels").placeholder(TInt64.class, Placeholder.shape(Shape.of(-1)));
    VaeGraph vae =
        new VaeGraph(model.config(), model.shape(), new LayerScope(tf, weights, "")).given(labels);
    Map<String, Operand<TFloat32>> named =
        model.config().objective().terms(vae, new Objective.Step(x, seed, warmUp, TRAINING_ROWS));
    terms.addAll(named.keySet());
    // Two terms can be one tensor, which TensorFlow does not fetch twice.
    named.values().forEach(term -> termTensors.add(tensor(tf.identity(term))));
    Gradients.of(tf, named.get(Objective.LOSS), weights.learned())
        .forEach((name, gradient) -> gradientTensors.put(name, tensor(gradient)));
  }

  private static String tensor(Operand<TFloat32> operand) {
    return operand.op().name() + ":" + operand.asOutput().index();
  }

  /** The objective's terms by name, nats. */
  Map<String, Double> terms(Map<String, Array> weights, Rows x, long[] seed, double warmUp) {
    GraphSession.Call call = call(weights, x, seed, warmUp);
    termTensors.forEach(call::fetch);
    List<Array> arrays = call.run();
    Map<String, Double> values = new LinkedHashMap<>();
    for (int i = 0; i < terms.size(); i++) {
      values.put(terms.get(i), (double) arrays.get(i).values()[0]);
    }
    return values;
  }

  /** The loss, nats. */
  double loss(Map<String, Array> weights, Rows x, long[] seed, double warmUp) {
    return terms(weights, x, seed, warmUp).get(Objective.LOSS);
  }

  /** The gradient of the loss by weight. */
  Map<String, Array> gradients(Map<String, Array> weights, Rows x, long[] seed, double warmUp) {
    GraphSession.Call call = call(weights, x, seed, warmUp);
    gradientTensors.values().forEach(call::fetch);
    List<Array> arrays = call.run();
    Map<String, Array> values = new LinkedHashMap<>();
    int i = 0;
    for (String name : gradientTensors.keySet()) {
      values.put(name, arrays.get(i++));
    }
    return values;
  }

  private GraphSession.Call call(Map<String, Array> weights, Rows x, long[] seed, double warmUp) {
    GraphSession.Call call = session.call();
    weights.forEach(call::feed);
    if (model.config().condition().needsLabels()) {
      int[] labels =
          x instanceof LabelledRows labelled ? labelled.labels() : model.labels(x.rows());
      call.feed("labels", Arrays.stream(labels).asLongStream().toArray());
    }
    Samples values = (Samples) (x instanceof LabelledRows labelled ? labelled.values() : x);
    return call.feed("x", values).feed("seed", seed).feedScalar("warm_up", (float) warmUp);
  }

  @Override
  public void close() {
    session.close();
  }
}
