package org.vaetf.events;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.Summary;
import org.vaetf.base.OutputException;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.data.DataSet;
import org.vaetf.train.DivergenceException;
import org.vaetf.train.EpochReport;
import org.vaetf.train.ModelView;
import org.vaetf.train.RunConfig;
import org.vaetf.train.TrainingListener;

/**
 * Writes what TensorBoard shows of a run, as it goes: two runs {@code train} and {@code test},
 * which it draws in the same charts. The step of every value is the number of training steps done.
 *
 * <ul>
 *   <li>{@code train}: {@code step/loss} and {@code step/learning_rate} of steps whose loss is
 *       known, {@code epoch/TERM} (nats), histograms {@code weights/NAME};
 *   <li>{@code test}: {@code epoch/TERM} (nats), pictures {@code samples} and {@code
 *       reconstructions} where rows are images, histograms {@code posterior_mean/DIMENSION} of at
 *       most 500 test rows and 32 dimensions.
 * </ul>
 *
 * <p>A run that goes on writes new files, and TensorBoard drops what the former ones told of steps
 * that are done again. Pictures and histograms come about 25 times a run at most, points of a step
 * at most 10,000, so that files stay small however long it is.
 *
 * <pre>{@code
 * try (TensorBoardEvents events = new TensorBoardEvents(folder.resolve("events"), data.test())) {
 *   Trainer.of(config).listen(events).run(folder, false, data);
 * }
 * }</pre>
 *
 * <p>Owns the open files: close it. Not for several trainers at once.
 */
public final class TensorBoardEvents implements TrainingListener, AutoCloseable {
  private static final int MOST_ROWS = 500;
  private static final int MOST_VALUES = 1 << 22;
  private static final int MOST_DIMENSIONS = 32;

  private final Path folder;
  private final DataSet test;
  private Pace pace = Pace.of(1, 1, 1);
  private long seed;
  private long losses;
  private Optional<SubRun> train = Optional.empty();
  private Optional<SubRun> judged = Optional.empty();

  /**
   * A listener that has not heard anything: no file is there yet.
   *
   * @param folder where {@code train/} and {@code test/} are to lie, as {@code events/} of the run
   * @param test the run's test part; not closed
   */
  public TensorBoardEvents(Path folder, DataSet test) {
    this.folder = folder;
    this.test = test;
  }

  @Override
  public void onStart(RunConfig config, int steps, long weights, int epoch) {
    close();
    pace = Pace.of(config.training().epochs(), steps, config.training().reportEvery());
    seed = new Seed(config.training().seed()).named("pictures").value();
    losses = 0;
  }

  /**
   * {@inheritDoc}
   *
   * @throws OutputException if the files cannot be written
   */
  @Override
  public void onLoss(long step, double loss, double learningRate) {
    begin(step);
    if (pace.tells(losses++)) {
      train
          .orElseThrow()
          .add(
              step,
              List.of(
                  Summaries.scalar("step/loss", loss, "loss of one batch, nats a row"),
                  Summaries.scalar("step/learning_rate", learningRate, "learning rate")));
    }
  }

  /** A process's first event says from where on it tells: files are begun no earlier. */
  private void begin(long step) {
    if (train.isEmpty()) {
      train = Optional.of(new SubRun(folder.resolve("train"), step));
      judged = Optional.of(new SubRun(folder.resolve("test"), step));
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws OutputException if the files cannot be written
   */
  @Override
  public void onEpoch(EpochReport report, ModelView model) {
    begin(report.step());
    List<Summary.Value> ofTrain =
        terms(report.train(), "mean over the epoch's reported steps, nats a row");
    List<Summary.Value> ofTest = terms(report.test(), "mean over the test rows, nats a row");
    if (pace.looksAfter(report.epoch())) {
      model
          .weights()
          .forEach(
              (name, weight) ->
                  ofTrain.add(Summaries.histogram("weights/" + name, weight.values(), name)));
      ofTest.addAll(new Pictures(test, seed).of(model));
      ofTest.addAll(posteriorMeans(model));
    }
    add(train.orElseThrow(), report.step(), ofTrain);
    add(judged.orElseThrow(), report.step(), ofTest);
  }

  private static void add(SubRun run, long step, List<Summary.Value> values) {
    run.add(step, values);
    run.flush();
  }

  private static List<Summary.Value> terms(Map<String, Double> terms, String mean) {
    List<Summary.Value> values = new ArrayList<>();
    terms.forEach(
        (name, value) ->
            values.add(
                Summaries.scalar("epoch/" + name, value, name.replace('_', ' ') + ": " + mean)));
    return values;
  }

  private List<Summary.Value> posteriorMeans(ModelView model) {
    int most = Math.max(1, Math.min(MOST_ROWS, MOST_VALUES / model.shape().size()));
    SpacedRows rows = SpacedRows.of(test, model.classes(), most);
    Samples means = model.encode(rows.read()).mean();
    List<Summary.Value> values = new ArrayList<>();
    for (int dimension = 0; dimension < Math.min(MOST_DIMENSIONS, model.latent()); dimension++) {
      float[] column = new float[means.rows()];
      for (int row = 0; row < column.length; row++) {
        column[row] = means.values()[row * model.latent() + dimension];
      }
      values.add(
          Summaries.histogram(
              "posterior_mean/" + dimension,
              column,
              "mean of q(z|x) in dimension " + dimension + " over test rows"));
    }
    return values;
  }

  @Override
  public void onRateHalved(DivergenceException cause, long step) {
    train.ifPresent(run -> run.restart(step + 1));
    judged.ifPresent(run -> run.restart(step + 1));
  }

  /**
   * Closes the files. Idempotent.
   *
   * @throws OutputException if what is left cannot be written
   */
  @Override
  public void close() {
    Optional<SubRun> open = train;
    Optional<SubRun> other = judged;
    train = Optional.empty();
    judged = Optional.empty();
    try {
      open.ifPresent(SubRun::close);
    } finally {
      other.ifPresent(SubRun::close);
    }
  }
}
