package org.vaetf.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;
import org.vaetf.base.ByteSamples;
import org.vaetf.base.DataException;
import org.vaetf.base.LabelledRows;
import org.vaetf.base.RowShape;
import org.vaetf.base.Rows;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.data.Scaling;
import org.vaetf.latent.VampPrior;
import org.vaetf.model.ModelConfig;
import org.vaetf.model.Objective;
import org.vaetf.model.VaeGraph;
import org.vaetf.nn.BatchShare;
import org.vaetf.nn.Flat;
import org.vaetf.nn.Initializer;
import org.vaetf.nn.LayerScope;
import org.vaetf.nn.Towers;
import org.vaetf.nn.Weights;
import org.vaetf.tf.Array;
import org.vaetf.tf.GraphSession;
import org.vaetf.tf.LiteralFolder;
import org.vaetf.tf.MemoryException;
import org.vaetf.tf.OpTime;
import org.vaetf.tf.VariablesIndex;

/**
 * The graph of a model under training: forward pass, loss, gradients, clipping, weight decay,
 * updates, saving and restoring. Owns its session; close it. Not for use by several threads.
 */
final class TrainingGraph implements AutoCloseable {
  private static final String X = "x";
  private static final String STORED_X = "stored_x";
  private static final String LABEL = "label";
  private static final String NOISE_SEED = "noise_seed";
  private static final String WARM_UP = "warm_up";
  private static final String LEARNING_RATE = "learning_rate";
  private static final String STEP = "step";
  private static final String GIVEN_TERMS_AND_GRADIENTS = "given_terms_and_gradients";
  private static final String MOVE = "move";
  private static final String PSEUDO_INPUTS = "prior." + VampPrior.PSEUDO_INPUTS;
  private static final String FIRST_ROWS = "first_rows";
  private static final String SET_PSEUDO_INPUTS = "set_pseudo_inputs";
  private static final String PSEUDO_CONDITION = "prior." + VaeGraph.PSEUDO_CONDITION;
  private static final String FIRST_LABELS = "first_labels";
  private static final String SET_PSEUDO_CONDITION = "set_pseudo_condition";

  private final GraphSession session;
  private final ModelConfig model;
  private final Feed feed;
  private final TrainingConfig training;
  private final WeightRules rules;
  private final Seed noise;
  private final Weights weights;
  private final List<String> terms = new ArrayList<>();
  private final Set<Pass> passes = new HashSet<>();
  private Inputs inputs;

  /**
   * Builds the graph, its weights at their first values.
   *
   * @param model the point on the axes
   * @param feed what rows it will be given
   * @param training how weights move, in how many towers, on what; from its seed, {@code weights}
   *     and {@code noise} are derived
   */
  TrainingGraph(ModelConfig model, Feed feed, TrainingConfig training) {
    Seed seed = new Seed(training.seed());
    Seed first = seed.named("weights");
    this.model = model;
    this.feed = feed;
    this.training = training;
    this.rules = new WeightRules(training.optimizer(), model.objective().ownOptimizers());
    this.noise = seed.named("noise");
    this.weights =
        Weights.from((tf, name, size, values) -> variable(tf, name, size, values, first));
    this.session =
        GraphSession.build(
            training.compute(),
            tf ->
                build(
                    tf,
                    new Pass(
                        feed.share().map(BatchShare::rows).orElse(training.batch()),
                        feed.stored(),
                        feed.share())));
  }

  /**
   * What rows a graph is given.
   *
   * @param shape of a row
   * @param scaling what makes the model's numbers of rows that are fed as bytes
   * @param stored whether rows will be fed as bytes; other rows may be fed all the same
   * @param trainingRows how many there are to learn from
   * @param share of the first batch, where other processes have the rest of it
   */
  record Feed(
      RowShape shape,
      Scaling scaling,
      boolean stored,
      long trainingRows,
      Optional<BatchShare> share) {

    /** The rows of a process that is alone. */
    Feed(RowShape shape, Scaling scaling, boolean stored, long trainingRows) {
      this(shape, scaling, stored, trainingRows, Optional.empty());
    }
  }

  private void build(Ops tf, Pass first) {
    inputs = Inputs.of(tf, feed.shape(), model.condition().needsLabels(), rules);
    passes.add(first);
    Map<String, Operand<TFloat32>> named = addPass(tf, first);
    terms.addAll(named.keySet());
    if (feed.share().isPresent()) {
      VariableOps.addExchange(tf);
      if (training.parallel().averagesGradients()) {
        addMove(tf);
      }
    }
    VariableOps.addSaveAndRestore(tf);
    addSettingOfPseudoInputs(tf);
    if (training.compute().sharesRows()) {
      MemoryException.requireRoom(
          "the weights and the optimizer's state for each of them", VariableOps.bytes(tf));
    }
  }

  private void addSettingOfPseudoInputs(Ops tf) {
    Operand<TFloat32> pseudoInputs = weights.all().get(PSEUDO_INPUTS);
    if (pseudoInputs != null) {
      Operand<TFloat32> rows =
          tf.withName(FIRST_ROWS)
              .placeholder(TFloat32.class, Placeholder.shape(pseudoInputs.shape()));
      tf.withName(SET_PSEUDO_INPUTS).assign(pseudoInputs, rows);
    }
    Operand<TFloat32> pseudoCondition = weights.all().get(PSEUDO_CONDITION);
    if (pseudoCondition != null) {
      Operand<TInt64> labels = labels(tf, FIRST_LABELS);
      tf.withName(SET_PSEUDO_CONDITION)
          .assign(pseudoCondition, model.condition().columns(tf, labels).orElseThrow());
    }
  }

  private static Operand<TInt64> labels(Ops tf, String name) {
    return tf.withName(name).placeholder(TInt64.class, Placeholder.shape(Shape.of(-1)));
  }

  /** What every pass is given, and the optimizer that owns the slots. */
  private record Inputs(
      Operand<TFloat32> x,
      Operand<TUint8> storedX,
      Optional<Operand<TInt64>> label,
      Operand<TInt64> noiseSeed,
      Operand<TFloat32> warmUp,
      Operand<TFloat32> rate,
      ScheduledOptimizer optimizer) {

    static Inputs of(Ops tf, RowShape shape, boolean labelled, WeightRules rules) {
      Shape anyRows = Shape.of(-1).append(GraphSession.asShape(shape));
      return new Inputs(
          tf.withName(X).placeholder(TFloat32.class, Placeholder.shape(anyRows)),
          tf.withName(STORED_X).placeholder(TUint8.class, Placeholder.shape(anyRows)),
          labelled ? Optional.of(labels(tf, LABEL)) : Optional.empty(),
          tf.withName(NOISE_SEED).placeholder(TInt64.class, Placeholder.shape(Shape.of(2))),
          scalar(tf, WARM_UP),
          scalar(tf, LEARNING_RATE),
          new ScheduledOptimizer(tf, rules::of, scalar(tf, STEP)));
    }
  }

  /**
   * What goes once through the model with some number of rows, by name. With the number known
   * TensorFlow knows every shape while it prepares the graph, and leaves out all that only computes
   * shapes: about half of the operations of a gradient.
   */
  private record Pass(int rows, boolean stored, Optional<BatchShare> share) {
    String terms() {
      return name("terms");
    }

    String update() {
      return name("update");
    }

    String updateAfterTerms() {
      return name("update_after_terms");
    }

    String termsAndGradients() {
      return name("terms_and_gradients");
    }

    private String name(String what) {
      String part = share.map(own -> "_from" + own.first() + "_of" + own.total()).orElse("");
      return (stored ? "stored" : "rows") + rows + part + "_" + what;
    }
  }

  private Pass pass(Rows x, Optional<BatchShare> share) {
    Pass pass = new Pass(x.rows(), values(x) instanceof ByteSamples, share);
    if (passes.add(pass)) {
      session.extend(tf -> addPass(tf, pass));
    }
    return pass;
  }

  private Map<String, Operand<TFloat32>> addPass(Ops tf, Pass pass) {
    long[] size = Shape.of(pass.rows).append(GraphSession.asShape(feed.shape())).asArray();
    Operand<TFloat32> x =
        pass.stored ? scaled(tf, known(tf, inputs.storedX, size)) : known(tf, inputs.x, size);
    Towers towers = new Towers(training.resolvedTowers());
    LayerScope scope =
        new LayerScope(tf, weights, "", training.precision(), training.firstKernels());
    VaeGraph anyRows = new VaeGraph(model, feed.shape(), scope, towers).sharing(pass.share);
    VaeGraph vae =
        inputs.label.map(label -> anyRows.given(known(tf, label, pass.rows))).orElse(anyRows);
    Map<String, Operand<TFloat32>> named =
        model
            .objective()
            .terms(
                vae, new Objective.Step(x, inputs.noiseSeed, inputs.warmUp, feed.trainingRows()));
    Operand<TFloat32> allTerms = tf.withName(pass.terms()).stack(List.copyOf(named.values()));

    Map<String, Operand<TFloat32>> gradients =
        Gradients.of(tf, named.get(Objective.LOSS), weights.learned());
    if (pass.share.isPresent() && training.parallel().averagesGradients()) {
      tf.withName(pass.termsAndGradients())
          .concat(List.of(allTerms, Flat.row(tf, List.copyOf(gradients.values()))), tf.constant(0));
      return named;
    }
    Limited limited = limited(tf, gradients);
    addUpdate(tf, limited, List.of(), pass.update());
    addUpdate(tf, limited, List.of(allTerms), pass.updateAfterTerms());
    return named;
  }

  /** Gradients as they move weights, and the rate at which they do. */
  private record Limited(Map<String, Operand<TFloat32>> gradients, Operand<TFloat32> rate) {}

  private Limited limited(Ops tf, Map<String, Operand<TFloat32>> gradients) {
    Operand<TFloat32> rate = inputs.rate;
    if (training.nanPolicy() == NanPolicy.SKIP) {
      Operand<TBool> finite = Gradients.areFinite(tf, gradients);
      rate = Gradients.orZero(tf, finite, rate);
      gradients.replaceAll((name, gradient) -> Gradients.orZero(tf, finite, gradient));
    }
    return new Limited(rules.clip(tf, gradients), rate);
  }

  /** Moves all weights along gradients that are given. */
  private void addMove(Ops tf) {
    Operand<TFloat32> given =
        tf.withName(GIVEN_TERMS_AND_GRADIENTS)
            .placeholder(
                TFloat32.class, Placeholder.shape(Shape.of(terms.size() + numberOfWeights())));
    Operand<TFloat32> flat =
        tf.slice(given, tf.constant(new int[] {terms.size()}), tf.constant(new int[] {-1}));
    addUpdate(tf, limited(tf, Gradients.parts(tf, flat, weights.learned())), List.of(), MOVE);
  }

  /** As {@link Scaling#apply} does it. */
  private Operand<TFloat32> scaled(Ops tf, Operand<TUint8> stored) {
    return tf.math.div(
        tf.math.sub(tf.dtypes.cast(stored, TFloat32.class), tf.constant(feed.scaling().shift())),
        tf.constant(feed.scaling().scale()));
  }

  /**
   * Adds one operation that moves all weights. Variables are changed in place: nothing may move
   * before all that reads them is done, which is the gradients, and where they are asked for, the
   * terms.
   */
  private void addUpdate(Ops tf, Limited limited, List<Op> readers, String name) {
    List<Op> reads = new ArrayList<>(limited.gradients.values());
    reads.addAll(readers);
    Map<String, Operand<TFloat32>> ready = Gradients.after(tf, limited.gradients, reads);
    if (training.optimizer().weightDecay() > 0) {
      ready = Gradients.after(tf, ready, decay(tf, ready, limited.rate));
    }
    Map<Output<TFloat32>, Operand<TFloat32>> updates = new LinkedHashMap<>();
    ready.forEach(
        (weight, gradient) -> updates.put(weights.all().get(weight).asOutput(), gradient));
    inputs.optimizer.apply(updates, limited.rate, name);
  }

  private static Operand<TFloat32> scalar(Ops tf, String name) {
    return known(
        tf, tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(Shape.scalar())));
  }

  /** What a placeholder says of its shape is not relied upon; a constant shape is. */
  private static <T extends TType> Operand<T> known(Ops tf, Operand<T> placeholder, long... shape) {
    return tf.reshape(placeholder, tf.constant(shape));
  }

  static Operand<TFloat32> variable(
      Ops tf, String name, Shape shape, Initializer initializer, Seed seed) {
    Variable<TFloat32> variable = tf.withInitScope().withName(name).variable(shape, TFloat32.class);
    Ops init = tf.withInitScope();
    init.assign(variable, initializer.value(init, shape, init.constant(seed.named(name).pair(0))));
    return variable;
  }

  /** {@code w −= η λ w} for every kernel, once all gradients are known. */
  private List<Op> decay(Ops tf, Map<String, Operand<TFloat32>> gradients, Operand<TFloat32> rate) {
    Ops later = tf.withControlDependencies(List.copyOf(gradients.values()));
    Operand<TFloat32> factor =
        tf.math.mul(rate, tf.constant((float) training.optimizer().weightDecay()));
    List<Op> decays = new ArrayList<>();
    weights
        .all()
        .forEach(
            (name, weight) -> {
              if (name.endsWith(".kernel") && rules.isOfRun(name)) {
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
   * @param x a batch, scaled, or bytes as they are stored; with labels where the model needs them
   * @param step from 0; keys the noise
   * @param learningRate η of this step
   * @param warmUp how far the objective's warm-up has gone, 0 to 1
   */
  void step(Rows x, long step, double learningRate, double warmUp) {
    step(x, Optional.empty(), step, learningRate, warmUp);
  }

  /**
   * One step as {@link #step}, on a part of a batch.
   *
   * @param x the part
   * @param share which part it is, where other processes have the rest
   * @param step from 0; keys the noise
   * @param learningRate η of this step
   * @param warmUp how far the objective's warm-up has gone, 0 to 1
   */
  void step(Rows x, Optional<BatchShare> share, long step, double learningRate, double warmUp) {
    Pass pass = pass(x, share);
    stepOn(x, step, learningRate, warmUp).target(pass.update()).run();
  }

  /**
   * One step as {@link #step}, with the terms of the batch before it.
   *
   * @param x a batch, scaled, or bytes as they are stored; with labels where the model needs them
   * @param step from 0; keys the noise
   * @param learningRate η of this step
   * @param warmUp how far the objective's warm-up has gone, 0 to 1
   * @return the terms in nats, in the order of {@link #terms()}
   */
  float[] reportedStep(Rows x, long step, double learningRate, double warmUp) {
    return reportedStep(x, Optional.empty(), step, learningRate, warmUp);
  }

  /**
   * One step as {@link #reportedStep}, on a part of a batch.
   *
   * @param x the part
   * @param share which part it is, where other processes have the rest
   * @param step from 0; keys the noise
   * @param learningRate η of this step
   * @param warmUp how far the objective's warm-up has gone, 0 to 1
   * @return the terms of the part in nats, in the order of {@link #terms()}
   */
  float[] reportedStep(
      Rows x, Optional<BatchShare> share, long step, double learningRate, double warmUp) {
    Pass pass = pass(x, share);
    return stepOn(x, step, learningRate, warmUp)
        .fetch(pass.terms())
        .target(pass.updateAfterTerms())
        .run()
        .get(0)
        .values();
  }

  /**
   * One step as {@link #step}, with a note of where its time went.
   *
   * @param x a batch, scaled, or bytes as they are stored; with labels where the model needs them
   * @param step from 0; keys the noise
   * @param learningRate η of this step
   * @param warmUp how far the objective's warm-up has gone, 0 to 1
   * @return when each operation ran
   */
  List<OpTime> tracedStep(Rows x, long step, double learningRate, double warmUp) {
    Pass pass = pass(x, Optional.empty());
    return stepOn(x, step, learningRate, warmUp).target(pass.update()).trace();
  }

  /**
   * The gradient of a part of a batch, where processes average gradients. Weights stay as they are.
   *
   * @param x the part, as in {@link #step}
   * @param share which part it is
   * @param step from 0; keys the noise
   * @param warmUp how far the objective's warm-up has gone, 0 to 1
   * @param into receives the means of the terms over the part, in the order of {@link #terms()},
   *     and behind them the gradient of the loss's mean, {@code [numberOfWeights]}
   */
  void termsAndGradients(Rows x, BatchShare share, long step, double warmUp, float[] into) {
    Pass pass = pass(x, Optional.of(share));
    call(x)
        .feed(NOISE_SEED, noise.pair(step))
        .feedScalar(WARM_UP, (float) warmUp)
        .fetchInto(pass.termsAndGradients(), into, 0)
        .run();
  }

  /**
   * Weights move along a gradient, as they do in a {@link #step} that has found it.
   *
   * @param termsAndGradients as from {@link #termsAndGradients}
   * @param step from 0
   * @param learningRate η of this step
   */
  void move(float[] termsAndGradients, long step, double learningRate) {
    session
        .call()
        .feed(
            GIVEN_TERMS_AND_GRADIENTS,
            new Array(new long[] {termsAndGradients.length}, termsAndGradients))
        .feedScalar(LEARNING_RATE, (float) learningRate)
        .feedScalar(STEP, step + 1f)
        .target(MOVE)
        .run();
  }

  /**
   * Weights and the optimizer's slots.
   *
   * @return all of them in one row
   */
  float[] variables() {
    return session.call().fetch(VariableOps.VARIABLES).run().get(0).values();
  }

  /**
   * Gives weights and the optimizer's slots other values.
   *
   * @param values as from {@link #variables}
   */
  void setVariables(float[] values) {
    session
        .call()
        .feed(VariableOps.GIVEN_VARIABLES, new Array(new long[] {values.length}, values))
        .target(VariableOps.SET_VARIABLES)
        .run();
  }

  private GraphSession.Call call(Rows x) {
    GraphSession.Call call = session.call();
    if (x instanceof LabelledRows labelled) {
      call.feed(LABEL, asLongs(labelled.labels()));
    }
    return values(x) instanceof ByteSamples stored
        ? call.feed(STORED_X, stored)
        : call.feed(X, (Samples) values(x));
  }

  private static Rows values(Rows x) {
    return x instanceof LabelledRows labelled ? labelled.values() : x;
  }

  private static long[] asLongs(int[] labels) {
    return Arrays.stream(labels).asLongStream().toArray();
  }

  private GraphSession.Call stepOn(Rows x, long step, double learningRate, double warmUp) {
    return call(x)
        .feed(NOISE_SEED, noise.pair(step))
        .feedScalar(WARM_UP, (float) warmUp)
        .feedScalar(LEARNING_RATE, (float) learningRate)
        .feedScalar(STEP, step + 1f);
  }

  /**
   * The terms of a batch with the objective in its full form. Weights stay as they are.
   *
   * @param x a batch, scaled, or bytes as they are stored; with labels where the model needs them
   * @param seed of the noise
   * @return the terms in nats, in the order of {@link #terms()}
   */
  float[] evaluate(Rows x, long[] seed) {
    Pass pass = pass(x, Optional.empty());
    return call(x)
        .feed(NOISE_SEED, seed)
        .feedScalar(WARM_UP, 1f)
        .fetch(pass.terms())
        .run()
        .get(0)
        .values();
  }

  /**
   * Gives the prior's pseudo-inputs their first values.
   *
   * @param rows as many as the prior has, with labels where the model is conditional
   */
  void setPseudoInputs(Rows rows) {
    GraphSession.Call call = session.call();
    if (rows instanceof LabelledRows labelled) {
      call.feed(FIRST_LABELS, asLongs(labelled.labels())).target(SET_PSEUDO_CONDITION);
    }
    long[] shape = {rows.rows(), rows.shape().size()};
    call.feed(FIRST_ROWS, new Array(shape, ((Samples) values(rows)).values()))
        .target(SET_PSEUDO_INPUTS)
        .run();
  }

  /**
   * How many numbers are learned.
   *
   * @return the sizes of all weights together
   */
  long numberOfWeights() {
    return weights.learned().values().stream().mapToLong(weight -> weight.shape().size()).sum();
  }

  /**
   * The present weights.
   *
   * @return copies by name
   */
  Map<String, Array> weights() {
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

  /**
   * Writes every variable.
   *
   * @param prefix path and beginning of the names of the files
   * @throws IOException if they cannot be written
   */
  void save(Path prefix) throws IOException {
    session
        .call()
        .feedText(VariableOps.PREFIX, prefix.toString())
        .target(VariableOps.SAVE)
        .runOnFiles();
  }

  /**
   * Reads every variable.
   *
   * @param prefix as given to {@link #save}; its folder exists
   * @throws DataException if the files are damaged, or hold other variables than this graph has
   */
  void restore(Path prefix) {
    VariablesIndex.read(prefix);
    try (LiteralFolder folder = LiteralFolder.of(prefix.getParent())) {
      session
          .call()
          .feedText(VariableOps.PREFIX, folder.path().resolve(prefix.getFileName()).toString())
          .target(VariableOps.RESTORE)
          .run();
    } catch (TensorFlowException | IllegalArgumentException e) {
      throw new DataException(
          prefix, "cannot be restored (" + e.getMessage() + "); begin the run anew", e);
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
