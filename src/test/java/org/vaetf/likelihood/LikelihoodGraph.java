package org.vaetf.likelihood;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.nn.LayerScope;
import org.vaetf.nn.Weights;
import org.vaetf.testing.Evaluate;
import org.vaetf.tf.Array;
import org.vaetf.tf.GraphSession;

/** A likelihood as a function of x, of what the decoder gives, and of its own weights. */
final class LikelihoodGraph implements AutoCloseable {
  private static final int VALUES = 5;

  private final RowShape shape;
  private final RowShape parametersShape;
  private final Map<String, Shape> weights = new LinkedHashMap<>();
  private final List<String> fetches = new ArrayList<>();
  private final GraphSession session;

  /**
   * What a call gives.
   *
   * @param logDensity by row
   * @param trainingLogDensity by row
   * @param mean rows of x's shape
   * @param gradient of each row's density by its parameters
   * @param trainingGradient the same of the form for training
   * @param byWeight the gradient of all rows' densities together
   */
  @SuppressWarnings("ArrayRecordComponent") // Numbers to compare, not to keep.
  record Result(
      float[] logDensity,
      float[] trainingLogDensity,
      float[] mean,
      float[] gradient,
      float[] trainingGradient,
      Map<String, float[]> byWeight) {}

  LikelihoodGraph(Likelihood likelihood, RowShape shape) {
    this.shape = shape;
    this.parametersShape = likelihood.parameters(shape);
    this.session = GraphSession.build(Evaluate.ONE_THREAD, tf -> build(tf, likelihood));
  }

  private void build(Ops tf, Likelihood likelihood) {
    Operand<TFloat32> x = rows(tf, "x", shape);
    Operand<TFloat32> parameters = rows(tf, "parameters", parametersShape);
    Weights source =
        Weights.from(
            (ops, name, size, first) -> {
              weights.put(name, size);
              return ops.withName(name).placeholder(TFloat32.class, Placeholder.shape(size));
            });
    Likelihood.Conditional given =
        likelihood.given(new LayerScope(tf, source, "likelihood"), parameters, shape);
    Operand<TFloat32> plain = given.logDensity(x);
    Operand<TFloat32> training = given.trainingLogDensity(x);
    fetch(tf.identity(plain));
    fetch(tf.identity(training));
    fetch(tf.identity(given.mean()));
    fetch(gradients(tf, plain, parameters).get(0));
    fetch(gradients(tf, training, parameters).get(0));
    if (!weights.isEmpty()) {
      gradients(tf, training, source.all().values().toArray(Operand<?>[]::new))
          .forEach(this::fetch);
    }
  }

  private static Operand<TFloat32> rows(Ops tf, String name, RowShape row) {
    return tf.withName(name)
        .placeholder(
            TFloat32.class, Placeholder.shape(Shape.of(-1).append(GraphSession.asShape(row))));
  }

  private static List<Operand<TFloat32>> gradients(
      Ops tf, Operand<TFloat32> density, Operand<?>... by) {
    Output<?>[] variables = new Output<?>[by.length];
    for (int i = 0; i < by.length; i++) {
      variables[i] = by[i].asOutput();
    }
    Output<?>[] loss = {tf.reduceSum(density, tf.constant(0)).asOutput()};
    List<Operand<TFloat32>> gradients = new ArrayList<>();
    for (Output<?> gradient :
        ((Graph) tf.scope().env()).addGradients(null, loss, variables, null)) {
      gradients.add(gradient.expect(TFloat32.class));
    }
    return gradients;
  }

  private void fetch(Operand<TFloat32> operand) {
    fetches.add(operand.op().name() + ":" + operand.asOutput().index());
  }

  /** The weights' shapes by name. */
  Map<String, Shape> weights() {
    return weights;
  }

  /** Everything for some rows. */
  Result run(float[] x, float[] parameters, Map<String, float[]> values) {
    GraphSession.Call call =
        session
            .call()
            .feed("x", new Samples(shape, x))
            .feed("parameters", new Samples(parametersShape, parameters));
    weights.forEach((name, size) -> call.feed(name, new Array(size.asArray(), values.get(name))));
    fetches.forEach(call::fetch);
    List<Array> arrays = call.run();
    Map<String, float[]> byWeight = new LinkedHashMap<>();
    int i = VALUES;
    for (String name : weights.keySet()) {
      byWeight.put(name, arrays.get(i++).values());
    }
    return new Result(
        arrays.get(0).values(),
        arrays.get(1).values(),
        arrays.get(2).values(),
        arrays.get(3).values(),
        arrays.get(4).values(),
        byWeight);
  }

  /** Everything for some rows of a likelihood without weights. */
  Result run(float[] x, float[] parameters) {
    return run(x, parameters, Map.of());
  }

  @Override
  public void close() {
    session.close();
  }
}
