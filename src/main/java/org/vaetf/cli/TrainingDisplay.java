package org.vaetf.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.vaetf.data.Binarization;
import org.vaetf.data.DataSplit;
import org.vaetf.likelihood.Bernoulli;
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
  private EpochLines lines;
  private Meter meter = Meter.NONE;

  TrainingDisplay(Console console, DataSplit data) {
    this.console = console;
    this.data = data;
    // Until a run says what it is.
    this.lines = new EpochLines(TrainingConfig.defaults(), OptionalLong.empty());
  }

  @Override
  public void onStart(RunConfig config, int steps, long weights, int epoch) {
    batch = config.training().batch();
    epochs = config.training().epochs();
    lines = new EpochLines(config.training(), OptionalLong.of(data.train().rows()));
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
    meter.line(lines.next(report));
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

  @Override
  public void close() {
    meter.close();
  }
}
