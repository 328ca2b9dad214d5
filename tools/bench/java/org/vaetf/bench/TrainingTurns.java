package org.vaetf.bench;

import java.util.Map;
import java.util.OptionalDouble;
import org.vaetf.base.Version;
import org.vaetf.tf.Devices;
import org.vaetf.train.EpochReport;
import org.vaetf.train.RunConfig;
import org.vaetf.train.TrainingListener;

/**
 * Cuts a run of the ordinary trainer into turns: between two of them the listener does not return.
 * What a run does at the end of an epoch (judging, checkpoint) is not training: its time is left
 * out.
 */
final class TrainingTurns implements TrainingListener {
  private static final int WARM_UP_STEPS = 20;
  private static final double WARM_UP_SECONDS = 4;

  private final Turns turns;
  private final Runnable end;
  private long rowsAStep;
  private int steps;
  private long rowsAnEpoch;
  private long weights;
  private long begun = System.nanoTime();
  private long leftOut;
  private long lastBatch;
  private long rows;
  private long stepsDone;
  private double loss = Double.NaN;
  private double turn = -1;

  TrainingTurns(Turns turns, long rowsAnEpoch, Runnable end) {
    this.turns = turns;
    this.rowsAnEpoch = rowsAnEpoch;
    this.end = end;
  }

  @Override
  public void onStart(RunConfig config, int stepsAnEpoch, long numberOfWeights, int epoch) {
    steps = stepsAnEpoch;
    rowsAStep = config.training().batch();
    weights = numberOfWeights;
  }

  @Override
  public void onBatch(int epoch, int batch, OptionalDouble lossOfBatch) {
    lastBatch = System.nanoTime();
    lossOfBatch.ifPresent(value -> loss = value);
    rows += batch < steps ? rowsAStep : rowsAnEpoch - (steps - 1) * rowsAStep;
    stepsDone++;
    double seconds = (lastBatch - begun - leftOut) / 1e9;
    if (turn < 0) {
      if (stepsDone >= WARM_UP_STEPS && seconds >= WARM_UP_SECONDS) {
        turns.say(Map.of("ready", true, "about", about(), "weights", weights));
        next();
      }
    } else if (seconds >= turn) {
      turns.say(Map.of("rows", rows, "seconds", seconds, "loss", loss));
      next();
    }
  }

  @Override
  public void onEpoch(EpochReport report) {
    leftOut += System.nanoTime() - lastBatch;
  }

  private void next() {
    OptionalDouble seconds = turns.seconds();
    if (seconds.isEmpty()) {
      end.run();
      return;
    }
    turn = seconds.getAsDouble();
    rows = 0;
    leftOut = 0;
    begun = System.nanoTime();
    lastBatch = begun;
  }

  static String about() {
    return "vae-tf " + Version.library() + ", TensorFlow " + Devices.tensorFlowVersion();
  }
}
