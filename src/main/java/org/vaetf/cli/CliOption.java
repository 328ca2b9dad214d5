package org.vaetf.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.Option;

/**
 * Every option of every command, declared once: a name means the same wherever it is taken. The
 * settings are the names that the library's {@link org.vaetf.base.ConfigException}s use for what
 * the option sets, so that a message can speak of the option. An option of the model has the key
 * that it sets instead, and {@link ModelKeys} does the rest.
 */
enum CliOption {
  // The model to train.
  PRESET("preset", "NAME", "model to train, as 'models' lists them (vae)", "preset"),
  CONFIG("config", "FILE", "JSON as a run's config.json holds it; options override it"),
  LATENT("latent", "N", sets("latent"), "dimensions of the latent space (20)"),
  NETWORK("network", "KIND", sets("network.kind"), "x to features, z to x"),
  HIDDEN(
      "hidden",
      "N,N…",
      sets("network.hidden"),
      "widths of the dense layers (400); of a convolutional network's one dense layer (256)"),
  CONVOLUTIONS(
      "convolutions", "N,N…", sets("network.channels"), "channels of the convolutions (32,64)"),
  ACTIVATION(
      "activation",
      "NAME",
      sets("network.activation"),
      "relu, leaky-relu, elu, selu, gelu, swish, tanh or softplus (swish)"),
  POSTERIOR("posterior", "KIND", sets("posterior.kind"), "family of q(z|x)"),
  PRIOR("prior", "KIND", sets("prior.kind"), "p(z)"),
  LIKELIHOOD("likelihood", "KIND", sets("likelihood.kind"), "family of p(x|z)"),
  VARIANCE(
      "variance",
      "KIND",
      sets("likelihood.variance"),
      "of a Gaussian: fixed, learned, per-channel or per-pixel (fixed)"),
  VARIANCE_VALUE(
      "variance-value",
      "X",
      sets("likelihood.value"),
      "of a Gaussian: its variance, or the first value of a learned one (1)"),
  CONDITION(
      "condition",
      "KIND",
      sets("condition.kind"),
      "what encoder and decoder are given of a row beside x"),
  OBJECTIVE("objective", "KIND", sets("objective.kind"), "what training minimises"),
  BETA("beta", "X", sets("objective.beta"), "weight of the divergence (1; beta-vae: 4)"),
  KL_WARM_UP(
      "kl-warm-up",
      "EPOCHS",
      sets("objective.warmUpEpochs"),
      "epochs over which that weight rises from 0 (0)"),
  FREE_BITS(
      "free-bits",
      "NATS",
      sets("objective.freeBits"),
      "divergence that each dimension may have free (0)"),
  SET(
      "set",
      "KEY=VALUE",
      "any key of the model, as in objective.beta=4 ('models --axes' lists them), or of the sampler,"
          + " as in components=20; may be repeated"),

  // Where models are listed.
  AXES("axes", "", "the axes instead: their kinds, and the keys of each with default values"),

  // What it is fitted to.
  DATA("data", "DATA", "mnist-10k, mnist, shapes[:count=N,size=N,seed=N], a file or a folder"),
  TEST("test", "DATA", "rows to judge by, where they come apart from --data"),
  TEST_FRACTION(
      "test-fraction",
      "X",
      "share of --data set aside to judge by, at least a row (0.1)",
      "test fraction"),
  LABEL_COLUMN("label-column", "NAME", "tables: the column of labels, by name or number from 1"),
  HEADER("header", "KIND", "tables: the first line is a header: auto, present or absent (auto)"),
  RESIZE("resize", "HxW", "images: size to bring them to, as in 28x28", "resize"),
  CHANNELS("channels", "N", "images: 1 for grey, 3 for colour (as the first one is)", "channels"),
  SCALING("scaling", "KIND", "unit, standardize or none (unit for bytes, none for reals)"),
  BINARIZE("binarize", "KIND", "none, threshold or stochastic (none)", "value to binarize"),

  // How it is fitted.
  EPOCHS("epochs", "N", "passes over the data (80)", "epochs"),
  BATCH(
      "batch",
      "N",
      "rows a step (128); Spark: rows at a time (as many as on one machine)",
      "batch"),
  TOWERS(
      "towers",
      "N",
      "parts of a step's rows, computed side by side (2, or more for a large batch)",
      "towers"),
  OPTIMIZER(
      "optimizer",
      "NAME[:KEY=X,…]",
      "sgd, momentum, nesterov, adam, adamw, nadam, adamax, rmsprop, adagrad, adadelta (adam), with"
          + " its constants, as in adam:beta1=0.5,epsilon=1e-4"),
  LEARNING_RATE(
      "learning-rate", "X", "of the optimizer (what suits it; adam: 0.001)", "learningRate"),
  SCHEDULE(
      "schedule",
      "KIND",
      "of the learning rate: constant, exponential, cosine, linear, step or plateau (constant)"),
  SCHEDULE_DECAY(
      "schedule-decay",
      "X",
      "factor: exponential an epoch (0.95), step and plateau each time (0.5)",
      "decay of the exponential schedule",
      "decay of the step schedule",
      "decay of the plateau schedule"),
  SCHEDULE_EVERY(
      "schedule-every", "EPOCHS", "step: epochs between two (10)", "epochs of the step schedule"),
  SCHEDULE_HOLD(
      "schedule-hold",
      "X",
      "linear: part of the run before the rate falls, 0 up to 1 (0)",
      "hold of the linear schedule"),
  SCHEDULE_MINIMUM(
      "schedule-minimum",
      "X",
      "cosine and linear: factor at the end (0)",
      "minimum of the cosine schedule",
      "minimum of the linear schedule"),
  SCHEDULE_PATIENCE(
      "schedule-patience",
      "EPOCHS",
      "plateau: epochs without a new best before the rate drops (5)",
      "patience of the plateau schedule"),
  WARM_UP(
      "warm-up",
      "EPOCHS",
      "epochs over which the learning rate rises from 0 (0)",
      "epochs of the learning rate's warm-up"),
  WEIGHT_DECAY("weight-decay", "X", "decoupled, of kernels (0; adamw: 0.01)", "weightDecay"),
  CLIP_NORM("clip-norm", "X", "greatest norm of all gradients together (0: none)", "clipNorm"),
  CLIP_VALUE("clip-value", "X", "greatest size of a gradient's entry (0: none)", "clipValue"),
  PATIENCE("patience", "EPOCHS", "stop after so many without a new best (0: never)", "patience"),
  METRIC(
      "metric",
      "NAME",
      "term on the test rows that says which epoch is best, or last for the last one (loss);"
          + " compare: the one that is drawn (negative_elbo, else loss)",
      "metric"),
  REPORT_EVERY(
      "report-every", "N", "steps from one whose loss is computed to the next (10)", "reportEvery"),
  NAN_POLICY(
      "nan-policy",
      "POLICY",
      "where a term is no longer finite: stop, skip the step, or reduce-lr (stop)",
      "nanPolicy"),
  CHECKPOINT_EVERY(
      "checkpoint-every",
      "INTERVAL",
      "as 2epochs, 500steps or 10minutes (1epochs)",
      "checkpointEvery"),
  KEEP_CHECKPOINTS(
      "keep-checkpoints", "N", "newest checkpoints to keep beside the best (2)", "keepCheckpoints"),

  // The run folder.
  OVERWRITE(
      "overwrite",
      "",
      "delete the run that lies in --out and begin anew; Spark: replace the result there when the"
          + " new one is complete"),
  RESUME("resume", "[RUN]", "go on with a run: RUN, or the one in --out"),
  NO_EVENTS("no-events", "", "write no files for TensorBoard"),

  // A trained model at work.
  MODEL("model", "MODEL", "a run folder, a SavedModel, or zoo:NAME"),
  TRUST("trust", "", "let the model run operations that may do more than compute"),
  IN("in", "DATA", "rows to work on: a file, a folder, or a named set's training part"),
  OUT("out", "PLACE", "where the result goes; its ending names the format"),
  KIND(
      "kind",
      "KIND",
      "sampler: prior, normal-mixture, flow, two-stage or vamp; plot: KIND,KIND…, of those above"
          + " (all that apply)"),
  PROJECTION(
      "projection",
      "KIND",
      "latent plot: dimensions, pca or tsne (dimensions where there are two, else pca)"),
  LABEL("label", "CLASS", "conditional models: the class of all rows, a name or a number"),
  COUNT("count", "N", "how many", "count"),
  SAMPLES("samples", "N", "draws from the posterior for each row", "samples"),
  IMPORTANCE_SAMPLES("importance-samples", "N", "the same as --samples", "samples"),
  METRICS(
      "metrics",
      "NAME,NAME…",
      "what to measure beside likelihood and reconstruction: information, generation,"
          + " disentanglement, or none (information)"),
  DIMENSIONS("dimensions", "I,J", "latent dimensions across and down, from 0 (0,1)", "dimensions"),
  ROWS("rows", "I,J", "numbers of the two rows, from 0 (0,1)"),
  METHOD("method", "KIND", "linear or spherical (linear)"),
  HOST("host", "NAME", "name or address to listen on (127.0.0.1: this machine alone)", "host"),
  PORT("port", "N", "port to listen on, 0 for any free one (explore: 0, serve: 8501)", "port"),
  NAME("name", "NAME", "the model's name in addresses (that of its folder)", "name"),
  MAX_BATCH("max-batch", "N", "most rows of several requests that go together (256)", "maxBatch"),
  BATCH_DELAY(
      "batch-delay",
      "MS",
      "how long a request may wait for others to go with it (0: not at all)",
      "batchDelay"),
  QUEUE("queue", "N", "most requests that wait; more are refused (1000)", "queue"),
  MAX_BODY(
      "max-body",
      "BYTES",
      "most bytes of a request, and of the numbers of an answer (67108864)",
      "maxBody"),
  WORKERS("workers", "N", "runs of the model at the same time (0: one a core)", "workers"),

  // Jobs on Spark.
  COLUMN(
      "column",
      "NAME",
      "column of numbers: a vector or a list (features; decode: mean, else features); CSV: the"
          + " column of single numbers (all but the label and those that are kept)"),
  KEEP("keep", "NAME,NAME…", "columns that go along to the result (all that can)"),
  IN_FORMAT("in-format", "KIND", "of --in: parquet, csv or images (as its ending says)"),
  FORMAT("format", "KIND", "of --out: parquet or csv (as its ending says, else parquet)"),
  SHAPE("shape", "H,W,C", "of the rows, as images or otherwise (as many numbers as there are)"),
  PROCESSES("processes", "N", "tasks that train together, all at once (1)", "processes"),
  AVERAGE_EVERY(
      "average-every",
      "N",
      "steps from one average of the processes to the next; 1 averages gradients (1)",
      "averageEvery"),
  PARTITIONS("partitions", "N", "tasks that the work is cut into (as Spark cuts the input)"),

  // Everywhere.
  SEED("seed", "N", "of everything random (0)"),
  FIRST_KERNELS(
      "first-kernels",
      "KIND",
      "of layers, before training: fan-in, glorot or he, from narrow to wide (fan-in)",
      "firstKernels"),
  PRECISION(
      "precision",
      "NUMBERS",
      "that layers multiply in while training: float32 or bfloat16 (float32)",
      "precision"),
  THREADS("threads", "N", "threads to compute with (0: one a core)", "threads"),
  DEVICE("device", "NAME", "cpu, gpu, gpu:N or auto (cpu)", "device"),
  JSON("json", "", "result as JSON on standard output"),
  CSV("csv", "", "result as a table (RFC 4180) on standard output"),
  QUIET("quiet", "", "no progress on standard error"),
  DEBUG("debug", "", "stack traces, and TensorFlow's own messages"),
  HELP("help", "", "show this text");

  /** What every command takes. */
  static final List<CliOption> EVERYWHERE = List.of(QUIET, DEBUG, HELP);

  private final String label;
  private final String argument;
  private final String help;
  private final String key;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable.
  private final List<String> settings;

  CliOption(String label, String argument, String help, String... settings) {
    this.label = label;
    this.argument = argument;
    this.help = help;
    this.key = "";
    this.settings = List.of(settings);
  }

  /** A short name for {@code --set KEY=}. */
  CliOption(String label, String argument, ModelKey key, String help) {
    this.label = label;
    this.argument = argument;
    this.help = help;
    this.key = key.path();
    this.settings = List.of();
  }

  /** A key of a model's configuration, by its path. */
  private record ModelKey(String path) {}

  private static ModelKey sets(String path) {
    return new ModelKey(path);
  }

  /** The name without dashes. */
  String label() {
    return label;
  }

  /** The name as people type it. */
  String flag() {
    return "--" + label;
  }

  /** The name with its argument, as in a help text. */
  String usage() {
    return argument.isEmpty() ? flag() : flag() + " " + argument;
  }

  /** What it is for. */
  String help() {
    List<String> kinds = key().map(ModelAxes::kinds).orElse(List.of());
    return kinds.isEmpty() ? help : help + ": " + String.join(", ", kinds);
  }

  /** The key of a model's configuration that it sets. */
  Optional<String> key() {
    return Optional.of(key).filter(path -> !path.isEmpty());
  }

  /** The option that sets a key of a model's configuration. */
  static Optional<CliOption> ofKey(String key) {
    return all().stream().filter(option -> option.key().equals(Optional.of(key))).findFirst();
  }

  /** The option among some that sets what the library calls by this name. */
  static Optional<CliOption> ofSetting(List<CliOption> options, String setting) {
    return options.stream().filter(option -> option.settings.contains(setting)).findFirst();
  }

  /** The option among some with this name. */
  static Optional<CliOption> ofLabel(List<CliOption> options, String label) {
    return options.stream().filter(option -> option.label.equals(label)).findFirst();
  }

  Option parsed() {
    Option.Builder builder = Option.builder().longOpt(label);
    if (!argument.isEmpty()) {
      builder.hasArg().optionalArg(argument.startsWith("["));
    }
    return builder.get();
  }

  /** All names, for suggestions. */
  static List<String> flags(List<CliOption> options) {
    return options.stream().map(CliOption::flag).toList();
  }

  /** Every option there is. */
  static List<CliOption> all() {
    return Arrays.asList(values());
  }
}
