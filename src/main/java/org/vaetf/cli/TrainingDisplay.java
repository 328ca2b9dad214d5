package org.vaetf.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.vaetf.data.Binarization;
import org.vaetf.data.DataSplit;
import org.vaetf.likelihood.Bernoulli;
import org.vaetf.model.Objective;
import org.vaetf.train.DivergenceException;
import org.vaetf.train.EpochReport;
import org.vaetf.train.RunConfig;
import org.vaetf.train.TrainingConfig;
import org.vaetf.train.TrainingListener;

/** Shows how a training comes along: a line an epoch, a bar on a terminal. */
final class TrainingDisplay implements TrainingListener, AutoCloseable {
  private final Console console;
  private final DataSplit data;
  private int batch;
  private int epochs;
  private int steps;
  private String metric = Objective.LOSS;
  private Optional<EpochReport> best = Optional.empty();
  private Meter meter = Meter.NONE;

  TrainingDisplay(Console console, DataSplit data) {
    this.console = console;
    this.data = data;
  }

  @Override
  public void onStart(RunConfig config, int steps, long weights, int epoch) {
    batch = config.training().batch();
    epochs = config.training().epochs();
    metric = config.training().metric();
    this.steps = steps;
    console.say(
        "training %s on %s: %d rows to learn from, %d to test on; %d weights; %d steps an epoch",
        config.preset(),
        config.data().rows().data(),
        data.train().rows(),
        data.test().rows(),
        weights,
        steps);
    if (config.model().likelihood() instanceof Bernoulli
        && config.data().binarization() == Binarization.NONE) {
      console.say(
          "grey Bernoulli: nats are cross-entropies of values from 0 to 1, no density; they do not"
              + " compare with those of binarized data (--binarize)");
    }
    if (epoch > 0) {
      console.say("going on after epoch %d", epoch);
    }
    meter = console.meter("train", "rows", (long) (epochs - epoch) * data.train().rows());
  }

  @Override
  public void onBatch(int epoch, int number, OptionalDouble loss) {
    meter.advance(Math.min(batch, data.train().rows() - (long) (number - 1) * batch));
    long step = (long) (epoch - 1) * steps + number;
    meter.remark(String.format(Locale.ROOT, " epoch %d/%d, step %d", epoch, epochs, step));
  }

  @Override
  public void onEpoch(EpochReport report) {
    if (report.best()) {
      best = Optional.of(report);
    }
    meter.line(
        String.format(
            Locale.ROOT,
            "epoch %d/%d, step %d  %s nats (train|test)  %.1f s, %.0f rows/s%s",
            report.epoch(),
            epochs,
            report.step(),
            terms(report),
            report.seconds(),
            data.train().rows() / report.seconds(),
            standing(report)));
  }

  /** Whether the epoch is the best, or which one has been; nothing where none is chosen. */
  private String standing(EpochReport report) {
    if (metric.equals(TrainingConfig.LAST)) {
      return "";
    }
    if (report.best()) {
      return "  best";
    }
    return best.map(
            then ->
                String.format(
                    Locale.ROOT, "  best %.2f in epoch %d", then.test().get(metric), then.epoch()))
        .orElse("");
  }

  @Override
  public void onDamagedCheckpoint(Path checkpoint, String fault) {
    console.warn(
        "checkpoint "
            + checkpoint
            + " is damaged ("
            + fault
            + "); it is kept as "
            + checkpoint.getFileName()
            + ".damaged, and the run goes on from the one before");
  }

  @Override
  public void onSkipped(long step, String term) {
    meter.line("step " + step + " moved no weight: " + term + " is not finite");
  }

  @Override
  public void onRateHalved(DivergenceException cause, long step) {
    meter.line(
        cause.term()
            + " is "
            + cause.value()
            + " at step "
            + cause.step()
            + "; going back to step "
            + step
            + " and on from there at half the learning rate");
  }

  /** Leaves out terms that repeat the loss, as the negative ELBO does where β is 1. */
  private static String terms(EpochReport report) {
    Map<String, Double> train = report.train();
    Map<String, Double> test = report.test();
    List<String> names =
        train.keySet().stream()
            .filter(
                name ->
                    name.equals(Objective.LOSS)
                        || Math.abs(test.get(name) - test.get(Objective.LOSS)) > 1e-3)
            .toList();
    return names.stream()
        .map(
            name ->
                String.format(
                    Locale.ROOT,
                    "%s %.2f|%.2f",
                    name.replace('_', ' '),
                    train.get(name),
                    test.get(name)))
        .collect(Collectors.joining("  "));
  }

  @Override
  public void close() {
    meter.close();
  }
}
