package org.vaetf.export;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.Classes;
import org.vaetf.tf.Array;
import org.vaetf.tf.Compute;
import org.vaetf.tf.GraphSession;
import org.vaetf.tf.Workers;

/**
 * A loaded model that speaks its own scaled space. Safe for use by many threads. Owns its session:
 * close it. Rows of a conditional model come with labels, those of an unconditional one without.
 */
public final class ScaledVae implements AutoCloseable {
  private static final int BATCH_VALUES = 1 << 20;
  private static final int MOST_ROWS = 1000;
  private static final int PARTS = 4;
  private static final int LEAST_ROWS_OF_A_PART = 32;
  private static final int MOST_ROWS_OF_A_PART = 256;

  private final Path folder;
  private final GraphSession session;
  private final Workers workers;
  private final boolean sharesRows;
  private final Manifest manifest;
  private final int latent;
  private final LabelCheck given;

  private ScaledVae(
      Path folder, GraphSession session, Manifest manifest, int latent, Compute compute) {
    this.folder = folder;
    this.session = session;
    this.workers = compute.workers();
    this.sharesRows = compute.sharesRows();
    this.manifest = manifest;
    this.latent = latent;
    this.given = new LabelCheck(manifest.classes());
  }

  /**
   * Loads a SavedModel of the contract.
   *
   * @param path the SavedModel, or a run folder that holds one
   * @param options device, threads, and what the model may do
   * @return the loaded model
   * @throws ContractException if there is no SavedModel, it is not of this contract, or is not
   *     trusted and would run operations that do more than compute
   * @throws org.vaetf.base.VaeException if TensorFlow cannot load it
   */
  static ScaledVae load(Path path, LoadOptions options) {
    Path folder = savedModelIn(path);
    Manifest manifest = Manifest.readFrom(folder);
    if (!options.trusted()) {
      ModelGuard.check(folder);
    }
    GraphSession session = GraphSession.load(folder, options.compute());
    try {
      int latent = Contract.check(folder, session.signatures(), manifest);
      Contract.requireTensors(folder, session.signatures(), session::has);
      return new ScaledVae(folder, session, manifest, latent, options.compute());
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private static Path savedModelIn(Path path) {
    for (Path folder : List.of(path, path.resolve("saved_model"))) {
      if (Files.isRegularFile(folder.resolve("saved_model.pb"))) {
        return folder;
      }
    }
    String found =
        !Files.exists(path)
            ? "nothing"
            : Files.isDirectory(path) ? "a folder without saved_model.pb" : "a file";
    throw new ContractException(
        path,
        found,
        "a SavedModel, or a run folder with one in saved_model/; check the path, or train first");
  }

  /** Where the SavedModel lies. */
  Path folder() {
    return folder;
  }

  /**
   * A constant of the graph.
   *
   * @param name of its operation
   * @return its values; empty where there is no such operation
   * @throws org.vaetf.base.VaeException if it cannot be computed without an input
   */
  Optional<Array> constant(String name) {
    return session.has(name)
        ? Optional.of(session.call().fetch(name).runStrangers().get(0))
        : Optional.empty();
  }

  /**
   * What the model says of itself.
   *
   * @return its manifest
   */
  public Manifest manifest() {
    return manifest;
  }

  /**
   * The ways to call the model, as they stand in the file.
   *
   * @return by name, in order of name
   */
  public Map<String, ModelSignature> signatures() {
    Map<String, ModelSignature> all = new TreeMap<>();
    session.signatures().forEach((name, found) -> all.put(name, ModelSignature.of(found)));
    return all;
  }

  /**
   * The shape of a row of x.
   *
   * @return from the manifest
   */
  public RowShape shape() {
    return manifest.data().shape();
  }

  /**
   * The number of latent dimensions.
   *
   * @return at least 1
   */
  public int latent() {
    return latent;
  }

  /**
   * Whether rows come with labels.
   *
   * @return true if there are classes
   */
  public boolean isConditional() {
    return classes().count() > 0;
  }

  /**
   * The classes that labels are of.
   *
   * @return from the manifest; none of an unconditional model
   */
  public Classes classes() {
    return manifest.classes();
  }

  /**
   * How many rows to hand over at a time where there are many: a few megabytes, enough to keep all
   * cores busy. A function of the row's shape alone, so that results do not depend on the machine.
   *
   * @return at least 1, at most 1,000
   */
  public int batchRows() {
    return Math.max(1, Math.min(MOST_ROWS, BATCH_VALUES / shape().size()));
  }

  /**
   * The posterior of each row.
   *
   * @param x scaled, {@code [rows, shape...]}
   * @return mean and log-variance, {@code [rows, latent]}
   * @throws ConfigException if the shape is another, or the model is conditional
   */
  public Encoding encode(Samples x) {
    return encode(Batch.of(x));
  }

  /**
   * The posterior of each row.
   *
   * @param rows x scaled, {@code [rows, shape...]}, with labels where the model is conditional
   * @return mean and log-variance, {@code [rows, latent]}
   * @throws ConfigException if the shape is another, or the labels do not fit
   */
  public Encoding encode(Batch rows) {
    Samples x = rows.samples().requireShape("x", shape());
    Optional<long[]> labels = given.of(rows);
    float[] mean = new float[x.rows() * latent];
    float[] logVariance = new float[x.rows() * latent];
    inParts(
        x.rows(),
        (from, to) ->
            call(Contract.ENCODE)
                .feed(Contract.X, x, from, to)
                .feedLabels(labels, from, to)
                .fetch(Contract.MEAN, mean, from * latent)
                .fetch(Contract.LOG_VARIANCE, logVariance, from * latent)
                .run());
    return new Encoding(point(mean), point(logVariance));
  }

  private Samples point(float[] values) {
    return new Samples(RowShape.of(latent), values);
  }

  /**
   * The mean of p(x|z) for each point.
   *
   * @param z {@code [rows, latent]}
   * @return scaled, {@code [rows, shape...]}
   * @throws ConfigException if the shape is another, or the model is conditional
   */
  public Samples decode(Samples z) {
    return decode(Batch.of(z));
  }

  /**
   * The mean of p(x|z) for each point.
   *
   * @param points z, {@code [rows, latent]}, with labels where the model is conditional
   * @return scaled, {@code [rows, shape...]}
   * @throws ConfigException if the shape is another, or the labels do not fit
   */
  public Samples decode(Batch points) {
    points.samples().requireShape("z", RowShape.of(latent));
    return inParts(points, Contract.DECODE, Contract.Z, Contract.X);
  }

  /**
   * The mean of p(x|z) at the posterior mean of each row.
   *
   * @param x scaled, {@code [rows, shape...]}
   * @return scaled, {@code [rows, shape...]}
   * @throws ConfigException if the shape is another, or the model is conditional
   */
  public Samples reconstruct(Samples x) {
    return reconstruct(Batch.of(x));
  }

  /**
   * The mean of p(x|z) at the posterior mean of each row.
   *
   * @param rows x scaled, {@code [rows, shape...]}, with labels where the model is conditional
   * @return scaled, {@code [rows, shape...]}
   * @throws ConfigException if the shape is another, or the labels do not fit
   */
  public Samples reconstruct(Batch rows) {
    rows.samples().requireShape("x", shape());
    return inParts(rows, Contract.RECONSTRUCT, Contract.X, Contract.RECONSTRUCTION);
  }

  /**
   * New data: points drawn from the prior, or from the sampler in its place, decoded.
   *
   * @param count how many, at least 1
   * @param seed two numbers; the same give the same rows, in Python too
   * @return scaled rows and their points
   * @throws ConfigException if the count is below 1, or the model is conditional
   */
  public Generated sample(int count, long[] seed) {
    return sample(count, Optional.empty(), seed);
  }

  /**
   * New data of given classes: points drawn from the prior, decoded.
   *
   * @param labels of the rows to come, at least one
   * @param seed two numbers; the same give the same rows, in Python too
   * @return as many scaled rows, and their points
   * @throws ConfigException if there is no label, one is of no class, or the model is unconditional
   */
  public Generated sample(int[] labels, long[] seed) {
    return sample(labels.length, Optional.of(labels), seed);
  }

  private Generated sample(int count, Optional<int[]> labels, long[] seed) {
    Check.atLeast("count", count, 1);
    List<Array> out =
        call(Contract.SAMPLE, Contract.X, Contract.Z)
            .feed(Contract.COUNT, count)
            .feedLabels(given.of(labels, count), 0, count)
            .feed(Contract.SEED, seed)
            .run();
    return new Generated(out.get(0).rows().reshape(shape()), out.get(1).rows());
  }

  /**
   * Points drawn from the prior, or from the sampler in its place: those that {@link #sample}
   * decodes.
   *
   * @param count how many, at least 1
   * @param seed two numbers; the same give the same points, in Python too
   * @return {@code [count, latent]}
   * @throws ConfigException if the count is below 1
   */
  public Samples points(int count, long[] seed) {
    Check.atLeast("count", count, 1);
    // The prior does not know labels, but a model made in Python takes all inputs or none.
    Optional<long[]> any = isConditional() ? Optional.of(new long[count]) : Optional.empty();
    return call(Contract.SAMPLE, Contract.Z)
        .feed(Contract.COUNT, count)
        .feedLabels(any, 0, count)
        .feed(Contract.SEED, seed)
        .run()
        .get(0)
        .rows();
  }

  /**
   * The evidence of each row.
   *
   * @param x scaled, {@code [rows, shape...]}
   * @param draws from the posterior for each row, at least 1
   * @param seed two numbers; the same give the same scores, in Python too
   * @return nats
   * @throws ConfigException if the shape is another, {@code draws} is below 1, or the model is
   *     conditional
   */
  public Scores score(Samples x, int draws, long[] seed) {
    return score(Batch.of(x), draws, seed);
  }

  /**
   * The evidence of each row.
   *
   * @param rows x scaled, {@code [rows, shape...]}, with labels where the model is conditional:
   *     then all densities are given the label
   * @param draws from the posterior for each row, at least 1
   * @param seed two numbers; the same give the same scores, in Python too
   * @return nats
   * @throws ConfigException if the shape is another, {@code draws} is below 1, or the labels do not
   *     fit
   */
  public Scores score(Batch rows, int draws, long[] seed) {
    Check.atLeast("samples", draws, 1);
    Samples x = rows.samples().requireShape("x", shape());
    List<Array> out =
        call(
                Contract.SCORE,
                Contract.ELBO,
                Contract.RECONSTRUCTION,
                Contract.KL,
                Contract.LOG_LIKELIHOOD)
            .feed(Contract.X, x)
            .feedLabels(given.of(rows), 0, x.rows())
            .feed(Contract.SAMPLES, draws)
            .feed(Contract.SEED, seed)
            .run();
    return new Scores(
        out.get(0).values(), out.get(1).values(), out.get(2).values(), out.get(3).values());
  }

  /** Waits for calls in flight, then frees the model. Idempotent. */
  @Override
  public void close() {
    session.close();
    workers.close();
  }

  /**
   * Does independent pieces of work side by side, on as many threads as the model was loaded for.
   *
   * @param pieces how many
   * @param work does piece i; may call {@link #score} and {@link #sample} of this model
   * @param <T> what a piece gives
   * @return the results in the order of the pieces
   */
  public <T> List<T> sideBySide(int pieces, IntFunction<T> work) {
    return workers.map(pieces, work);
  }

  /** Rows to rows of x. */
  private Samples inParts(Batch batch, String signature, String input, String output) {
    Samples rows = batch.samples();
    Optional<long[]> labels = given.of(batch);
    int size = shape().size();
    float[] x = new float[Math.multiplyExact(rows.rows(), size)];
    inParts(
        rows.rows(),
        (from, to) ->
            call(signature)
                .feed(input, rows, from, to)
                .feedLabels(labels, from, to)
                .fetch(output, x, from * size)
                .run());
    return new Samples(shape(), x);
  }

  /** Shares rows out; how they are cut depends on their number alone. */
  private void inParts(int rows, Part work) {
    int size =
        Math.max(LEAST_ROWS_OF_A_PART, Math.min(MOST_ROWS_OF_A_PART, (rows + PARTS - 1) / PARTS));
    int parts = sharesRows ? (rows + size - 1) / size : 1;
    if (parts <= 1) {
      work.run(0, rows);
      return;
    }
    workers.map(parts, i -> work.run(i * size, Math.min(rows, (i + 1) * size)));
  }

  /** A call on some of the rows. */
  @FunctionalInterface
  private interface Part {
    List<Array> run(int from, int to);
  }

  private SignatureCall call(String signature, String... outputs) {
    return new SignatureCall(session.call(), session.signatures().get(signature), outputs);
  }
}
