package org.vaetf.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.model.ModelConfig;
import org.vaetf.model.Objective;
import org.vaetf.model.VaeGraph;
import org.vaetf.nn.Initializer;
import org.vaetf.nn.LayerScope;
import org.vaetf.nn.Towers;
import org.vaetf.nn.Weights;
import org.vaetf.tf.Array;
import org.vaetf.tf.GraphSession;

/**
 * The graph of a model under training: forward pass, loss, gradients, clipping, weight decay,
 * updates, saving and restoring. Owns its session; close it. Not for use by several threads.
 */
final class TrainingGraph implements AutoCloseable {
  private static final String X = "x";
  private static final String NOISE_SEED = "noise_seed";
  private static final String WARM_UP = "warm_up";
  private static final String LEARNING_RATE = "learning_rate";
  private static final String STEP = "step";
  private static final String TERMS = "terms";
  private static final String UPDATE = "update";
  private static final String UPDATE_AFTER_TERMS = "update_after_terms";

  private final GraphSession session;
  private final Seed noise;
  private final List<String> terms = new ArrayList<>();
  private final Map<String, Operand<TFloat32>> weights = new LinkedHashMap<>();

  /**
   * Builds the graph, its weights at their first values.
   *
   * @param model the point on the axes
   * @param shape of a row
   * @param training how weights move, in how many towers, on what; from its seed, {@code weights}
   *     and {@code noise} are derived
   */
  TrainingGraph(ModelConfig model, RowShape shape, TrainingConfig training) {
    Seed seed = new Seed(training.seed());
    this.noise = seed.named("noise");
    this.session =
        GraphSession.build(
            training.compute(), tf -> build(tf, model, shape, training, seed.named("weights")));
  }

  private void build(
      Ops tf, ModelConfig model, RowShape shape, TrainingConfig training, Seed seed) {
    Operand<TFloat32> x =
        tf.withName(X)
            .placeholder(
                TFloat32.class,
                Placeholder.shape(Shape.of(-1).append(GraphSession.asShape(shape))));
    Operand<TInt64> noiseSeed =
        tf.withName(NOISE_SEED).placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
    Operand<TFloat32> warmUp = scalar(tf, WARM_UP);
    Operand<TFloat32> rate = scalar(tf, LEARNING_RATE);
    Operand<TFloat32> step = scalar(tf, STEP);

    Weights source =
        Weights.from((graph, name, size, first) -> variable(tf, name, size, first, seed));
    Towers towers = new Towers(training.resolvedTowers());
    VaeGraph vae = new VaeGraph(model, shape, new LayerScope(tf, source, ""), towers);
    Map<String, Operand<TFloat32>> named = model.objective().terms(vae, x, noiseSeed, warmUp);
    terms.addAll(named.keySet());
    weights.putAll(source.all());
    Op allTerms = tf.withName(TERMS).stack(List.copyOf(named.values()));

    OptimizerConfig rules = training.optimizer();
    Map<String, Operand<TFloat32>> gradients =
        Gradients.clip(tf, Gradients.of(tf, named.get(Objective.LOSS), weights), rules);
    ScheduledOptimizer optimizer = new ScheduledOptimizer(tf, rules.rule(), rate, step);
    addUpdate(tf, gradients, List.of(), rules, rate, optimizer, UPDATE);
    addUpdate(tf, gradients, List.of(allTerms), rules, rate, optimizer, UPDATE_AFTER_TERMS);
    VariableOps.addSaveAndRestore(tf);
  }

  /**
   * Adds one operation that moves all weights. Variables are changed in place: nothing may move
   * before all that reads them is done, which is the gradients, and where they are asked for, the
   * terms.
   */
  private void addUpdate(
      Ops tf,
      Map<String, Operand<TFloat32>> gradients,
      List<Op> readers,
      OptimizerConfig rules,
      Operand<TFloat32> rate,
      ScheduledOptimizer optimizer,
      String name) {
    List<Op> reads = new ArrayList<>(gradients.values());
    reads.addAll(readers);
    Map<String, Operand<TFloat32>> ready = Gradients.after(tf, gradients, reads);
    if (rules.weightDecay() > 0) {
      ready = Gradients.after(tf, ready, decay(tf, ready, rules, rate));
    }
    Map<Output<TFloat32>, Operand<TFloat32>> updates = new LinkedHashMap<>();
    ready.forEach((weight, gradient) -> updates.put(weights.get(weight).asOutput(), gradient));
    optimizer.apply(updates, name);
  }

  private static Operand<TFloat32> scalar(Ops tf, String name) {
    return tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
  }

  private static Operand<TFloat32> variable(
      Ops tf, String name, Shape shape, Initializer initializer, Seed seed) {
    Variable<TFloat32> variable = tf.withInitScope().withName(name).variable(shape, TFloat32.class);
    Ops init = tf.withInitScope();
    init.assign(variable, initializer.value(init, shape, init.constant(seed.named(name).pair(0))));
    return variable;
  }

  /** {@code w −= η λ w} for every kernel, once all gradients are known. */
  private List<Op> decay(
      Ops tf,
      Map<String, Operand<TFloat32>> gradients,
      OptimizerConfig optimizer,
      Operand<TFloat32> rate) {
    Ops later = tf.withControlDependencies(List.copyOf(gradients.values()));
    Operand<TFloat32> factor = tf.math.mul(rate, tf.constant((float) optimizer.weightDecay()));
    List<Op> decays = new ArrayList<>();
    weights.forEach(
        (name, weight) -> {
          if (name.endsWith(".kernel")) {
            decays.add(later.assignSub(weight, later.math.mul(factor, weight)));
          }
        });
    return decays;
  }

  /**
   * The names of the objective's terms.
   *
   * @return the loss first
   */
  List<String> terms() {
    return terms;
  }

  /**
   * One step: weights move along the gradient of a batch.
   *
   * @param x a batch, in the model's scaled space
   * @param step from 0; keys the noise
   * @param learningRate η of this step
   * @param warmUp how far the objective's warm-up has gone, 0 to 1
   */
  void step(Samples x, long step, double learningRate, double warmUp) {
    stepOn(x, step, learningRate, warmUp).target(UPDATE).run();
  }

  /**
   * One step as {@link #step}, with the terms of the batch before it.
   *
   * @param x a batch, in the model's scaled space
   * @param step from 0; keys the noise
   * @param learningRate η of this step
   * @param warmUp how far the objective's warm-up has gone, 0 to 1
   * @return the terms in nats, in the order of {@link #terms()}
   */
  float[] reportedStep(Samples x, long step, double learningRate, double warmUp) {
    return stepOn(x, step, learningRate, warmUp)
        .fetch(TERMS)
        .target(UPDATE_AFTER_TERMS)
        .run()
        .get(0)
        .values();
  }

  private GraphSession.Call stepOn(Samples x, long step, double learningRate, double warmUp) {
    return session
        .call()
        .feed(X, x)
        .feed(NOISE_SEED, noise.pair(step))
        .feedScalar(WARM_UP, (float) warmUp)
        .feedScalar(LEARNING_RATE, (float) learningRate)
        .feedScalar(STEP, step + 1f);
  }

  /**
   * The terms of a batch with the objective in its full form. Weights stay as they are.
   *
   * @param x a batch, in the model's scaled space
   * @param seed of the noise
   * @return the terms in nats, in the order of {@link #terms()}
   */
  float[] evaluate(Samples x, long[] seed) {
    return session
        .call()
        .feed(X, x)
        .feed(NOISE_SEED, seed)
        .feedScalar(WARM_UP, 1f)
        .fetch(TERMS)
        .run()
        .get(0)
        .values();
  }

  /**
   * The present weights.
   *
   * @return copies by name
   */
  Map<String, Array> weights() {
    GraphSession.Call call = session.call();
    weights.keySet().forEach(call::fetch);
    List<Array> arrays = call.run();
    Map<String, Array> byName = new LinkedHashMap<>();
    int i = 0;
    for (String name : weights.keySet()) {
      byName.put(name, arrays.get(i++));
    }
    return byName;
  }

  /**
   * Writes every variable.
   *
   * @param prefix path and beginning of the names of the files
   */
  void save(Path prefix) {
    session.call().feedText(VariableOps.PREFIX, prefix.toString()).target(VariableOps.SAVE).run();
  }

  /**
   * Reads every variable.
   *
   * @param prefix as given to {@link #save}
   */
  void restore(Path prefix) {
    session
        .call()
        .feedText(VariableOps.PREFIX, prefix.toString())
        .target(VariableOps.RESTORE)
        .run();
  }

  @Override
  public void close() {
    session.close();
  }
}
