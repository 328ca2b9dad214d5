package org.vaetf.train;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * All listeners of a run, one after the other. After an epoch they see the model through a window,
 * which is the run's to close.
 *
 * @param all in the order they were added
 * @param window onto the model
 */
record Listeners(List<TrainingListener> all, ModelWindow window) implements TrainingListener {

  Listeners {
    all = List.copyOf(all);
  }

  @Override
  public void onStart(RunConfig config, int steps, long weights, int epoch) {
    all.forEach(listener -> listener.onStart(config, steps, weights, epoch));
  }

  @Override
  public void onBatch(int epoch, int batch, OptionalDouble loss) {
    all.forEach(listener -> listener.onBatch(epoch, batch, loss));
  }

  @Override
  public void onLoss(long step, double loss, double learningRate) {
    all.forEach(listener -> listener.onLoss(step, loss, learningRate));
  }

  @Override
  public void onCheckpoint(RunFolder run) {
    all.forEach(listener -> listener.onCheckpoint(run));
  }

  @Override
  public void onDamagedCheckpoint(Path checkpoint, String fault) {
    all.forEach(listener -> listener.onDamagedCheckpoint(checkpoint, fault));
  }

  @Override
  public void onSkipped(long step, String term) {
    all.forEach(listener -> listener.onSkipped(step, term));
  }

  @Override
  public void onRateHalved(DivergenceException cause, long step) {
    all.forEach(listener -> listener.onRateHalved(cause, step));
  }

  @Override
  public void onEnd(TrainingResult result) {
    all.forEach(listener -> listener.onEnd(result));
  }

  /** Shows the model as it is when a run begins, or goes on from the end of an epoch. */
  void showModel(int epoch) {
    window.open(model -> all.forEach(listener -> listener.onModel(epoch, model)));
  }

  @Override
  public void onEpoch(EpochReport report) {
    window.open(model -> all.forEach(listener -> listener.onEpoch(report, model)));
  }
}
