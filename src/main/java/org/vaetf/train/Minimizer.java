package org.vaetf.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.base.VaeException;
import org.vaetf.nn.LayerScope;
import org.vaetf.nn.Weights;
import org.vaetf.tf.Array;
import org.vaetf.tf.Compute;
import org.vaetf.tf.GraphSession;

/**
 * Minimises the mean of a loss over rows, outside of a run: what it takes to fit a small density to
 * a table. Whoever uses it goes through the rows, and says which weights to keep. Owns its session;
 * close it. Not for use by several threads.
 */
public final class Minimizer implements AutoCloseable {
  private static final String ROWS = "rows";
  private static final String LEARNING_RATE = "learning_rate";
  private static final String STEP = "step";
  private static final String LOSS = "loss";
  private static final String UPDATE = "update";

  private final GraphSession session;
  private final Weights weights;
  private long step;

  /** What is minimised. */
  @FunctionalInterface
  public interface Loss {
    /**
     * Adds the loss to a graph.
     *
     * @param scope for the weights to be learned
     * @param rows {@code [rows, shape...]}
     * @return the loss of each row, {@code [rows]}
     */
    Operand<TFloat32> of(LayerScope scope, Operand<TFloat32> rows);
  }

  /**
   * Builds the graph, its weights at their first values.
   *
   * @param shape of a row
   * @param loss its mean over rows is minimised
   * @param rule how a gradient moves a weight, with its own constants
   * @param seed of the first values
   * @param compute device and threads
   * @throws VaeException if the loss cannot be differentiated, or does not depend on a weight
   */
  public Minimizer(RowShape shape, Loss loss, UpdateRule rule, Seed seed, Compute compute) {
    weights =
        Weights.from(
            (tf, name, size, first) -> TrainingGraph.variable(tf, name, size, first, seed));
    session = GraphSession.build(compute, tf -> build(tf, shape, loss, rule));
  }

  private void build(Ops tf, RowShape shape, Loss loss, UpdateRule rule) {
    Operand<TFloat32> rows =
        tf.withName(ROWS)
            .placeholder(
                TFloat32.class,
                Placeholder.shape(Shape.of(-1).append(GraphSession.asShape(shape))));
    Operand<TFloat32> mean =
        tf.withName(LOSS).math.mean(loss.of(new LayerScope(tf, weights, ""), rows), tf.constant(0));
    Map<String, Operand<TFloat32>> gradients = Gradients.of(tf, mean, weights.learned());
    Operand<TFloat32> rate = scalar(tf, LEARNING_RATE);
    Map<Output<TFloat32>, Operand<TFloat32>> updates = new LinkedHashMap<>();
    // Variables are changed in place: nothing may move before all that reads them is done.
    Gradients.after(tf, gradients, List.copyOf(gradients.values()))
        .forEach((name, gradient) -> updates.put(weights.all().get(name).asOutput(), gradient));
    new ScheduledOptimizer(tf, rule, rule.defaultConstants(), scalar(tf, STEP))
        .apply(updates, rate, UPDATE);
  }

  private static Operand<TFloat32> scalar(Ops tf, String name) {
    return tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
  }

  /**
   * Moves the weights along the gradient of some rows' mean loss.
   *
   * @param rows at least one
   * @param learningRate η of this step
   */
  public void step(Samples rows, double learningRate) {
    step++;
    session
        .call()
        .feed(ROWS, rows)
        .feedScalar(LEARNING_RATE, (float) learningRate)
        .feedScalar(STEP, (float) step)
        .target(UPDATE)
        .run();
  }

  /**
   * The mean loss of some rows. Weights stay as they are.
   *
   * @param rows at least one
   * @return may be infinite or not a number
   */
  public double mean(Samples rows) {
    return session.call().feed(ROWS, rows).fetch(LOSS).run().get(0).values()[0];
  }

  /**
   * The present weights.
   *
   * @return copies by name
   */
  public Map<String, Array> weights() {
    GraphSession.Call call = session.call();
    weights.all().keySet().forEach(call::fetch);
    List<Array> arrays = call.run();
    Map<String, Array> byName = new LinkedHashMap<>();
    int i = 0;
    for (String name : weights.all().keySet()) {
      byName.put(name, arrays.get(i++));
    }
    return byName;
  }

  @Override
  public void close() {
    session.close();
  }
}
