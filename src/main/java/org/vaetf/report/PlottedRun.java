package org.vaetf.report;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.vaetf.base.Json;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.DataSet;
import org.vaetf.data.DataSet.Encoding;
import org.vaetf.data.GreyLevels;
import org.vaetf.export.SavedModelVae;
import org.vaetf.train.RunFolder;
import org.vaetf.train.RunMetrics;
import org.vaetf.train.TrainingConfig;

/**
 * What plots are drawn from: a run's metrics, the pictures of its epochs, its model with the rows
 * it is judged by, or all of them. Closes nothing. For one thread.
 */
public final class PlottedRun {
  private final RunMetrics metrics;
  private final String metric;
  private final EpochFrames frames;
  private final SavedModelVae vae;
  private final DataSet test;
  private final Projection projection;
  private final long seed;
  private LatentCode code;

  private PlottedRun(
      RunMetrics metrics,
      String metric,
      EpochFrames frames,
      SavedModelVae vae,
      DataSet test,
      Projection projection,
      long seed) {
    this.metrics = metrics;
    this.metric = metric;
    this.frames = frames;
    this.vae = vae;
    this.test = test;
    this.projection = projection;
    this.seed = seed;
  }

  /**
   * Nothing yet.
   *
   * @param seed of what is drawn at random
   * @return a run without metrics and model
   */
  public static PlottedRun seeded(long seed) {
    return new PlottedRun(null, TrainingConfig.defaults().metric(), null, null, null, null, seed);
  }

  /**
   * The same with the metrics of a run's folder.
   *
   * @param run the folder
   * @return a copy
   * @throws org.vaetf.base.DataException if there are none, or they or the configuration cannot be
   *     read
   */
  public PlottedRun withMetrics(RunFolder run) {
    // As JSON: a value given in Java cannot be read back, and is not asked for here.
    Object watched = Json.leaves(Json.read(run.config(), Map.class)).get("training.metric");
    return withMetrics(run.readMetrics(), String.valueOf(watched));
  }

  /**
   * The same with metrics.
   *
   * @param values of each epoch
   * @param watched the term on the test rows that says which epoch is best, or {@code last}
   * @return a copy
   */
  public PlottedRun withMetrics(RunMetrics values, String watched) {
    return new PlottedRun(values, watched, frames, vae, test, projection, seed);
  }

  /**
   * The same with the pictures that a run has kept of its epochs.
   *
   * @param kept where they lie; may be missing or empty
   * @return a copy
   */
  public PlottedRun withFrames(EpochFrames kept) {
    return new PlottedRun(metrics, metric, kept, vae, test, projection, seed);
  }

  /**
   * The same with a model.
   *
   * @param model not closed
   * @param rows to judge it by, with labels if it is conditional; not closed
   * @return a copy
   */
  public PlottedRun withModel(SavedModelVae model, DataSet rows) {
    return new PlottedRun(metrics, metric, frames, model, rows, projection, seed);
  }

  /**
   * The same with a projection of the latent space, in place of the usual one.
   *
   * @param value how points are brought onto a plane
   * @return a copy
   */
  public PlottedRun withProjection(Projection value) {
    return new PlottedRun(metrics, metric, frames, vae, test, value, seed);
  }

  Optional<RunMetrics> metrics() {
    return Optional.ofNullable(metrics);
  }

  /** The term that says which epoch is best. */
  String metric() {
    return metric;
  }

  /** Of which there is at least one. */
  Optional<EpochFrames> frames() {
    return Optional.ofNullable(frames).filter(kept -> !kept.epochs().isEmpty());
  }

  boolean hasModel() {
    return vae != null;
  }

  SavedModelVae vae() {
    return vae;
  }

  DataSet test() {
    return test;
  }

  long seed() {
    return seed;
  }

  Projection projection() {
    return projection == null ? Projection.usual(vae.latent()) : projection;
  }

  /** Where the test rows lie; encoded once. */
  LatentCode code() {
    if (code == null) {
      code = LatentCode.of(vae, test);
    }
    return code;
  }

  /** How the model's rows were stored. */
  Encoding encoding() {
    return GreyLevels.encoding(vae.manifest().data().scaling());
  }

  /** The first test rows, or all if there are fewer. */
  Batch firstRows(int most) {
    return rows(IntStream.range(0, Math.min(most, test.rows())).toArray());
  }

  /** Some test rows, with labels where the model needs them. */
  Batch rows(int... numbers) {
    int size = test.shape().size();
    float[] values = new float[numbers.length * size];
    for (int i = 0; i < numbers.length; i++) {
      test.read(numbers[i], values, i * size);
    }
    Samples samples = new Samples(test.shape(), values);
    if (!vae.isConditional()) {
      return Batch.of(samples);
    }
    int[] labels = vae.classes().labelsOf(test);
    return Batch.of(samples, Arrays.stream(numbers).map(row -> labels[row]).toArray());
  }

  /** Decoded points as grey levels. */
  Samples decoded(Batch points) {
    return GreyLevels.of(vae.decode(points), encoding());
  }
}
