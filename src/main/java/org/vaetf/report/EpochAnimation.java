package org.vaetf.report;

import java.nio.file.Path;
import java.util.List;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.data.Batch;
import org.vaetf.data.GreyLevels;
import org.vaetf.data.ImageGrid;
import org.vaetf.train.DivergenceException;
import org.vaetf.train.EpochReport;
import org.vaetf.train.ModelView;
import org.vaetf.train.RunConfig;
import org.vaetf.train.RunFolder;
import org.vaetf.train.TrainingListener;
import org.vaetf.train.TrainingResult;

/**
 * Shows how a model of images learns: the same draws, decoded again and again as training goes on.
 * It keeps a picture of the model before the first epoch and after others in {@code epochs/} of the
 * run ({@link EpochFrames} says which), and makes {@code plots/epochs.gif} of them when the run is
 * over. Where rows are no images it does nothing.
 *
 * <pre>{@code
 * Trainer.of(config).listen(new EpochAnimation(folder)).run(folder);
 * }</pre>
 *
 * <p>A picture shows the means of p(x|z) for up to 64 points z, fewer where rows are large; of a
 * conditional model p(x|z, y), one z a line and one class y a column. The points are draws from
 * p(z) by the seed of the run. Where the prior is learned (a mixture, VampPrior, a flow) the draws
 * behind them stay the same, but the points move with the prior.
 *
 * <p>A run that is cut off and goes on leaves the same pictures, and the same animation, as one
 * that nobody disturbed. Not for several trainers at once.
 */
public final class EpochAnimation implements TrainingListener {
  private static final int COLUMNS = 8;
  private static final int LINES = 8;
  private static final int MOST_CLASSES = 16;
  private static final int MOST_PIXELS = 1 << 16;

  private final RunFolder run;
  private final EpochFrames frames;
  private long seed;
  private int steps = 1;

  /**
   * A listener that has not heard anything.
   *
   * @param run the folder that the trainer is given
   */
  public EpochAnimation(Path run) {
    this.run = new RunFolder(run);
    this.frames = new EpochFrames(this.run.epochs());
  }

  @Override
  public void onStart(RunConfig config, int stepsAnEpoch, long weights, int epoch) {
    seed = new Seed(config.training().seed()).named("pictures").value();
    steps = stepsAnEpoch;
    frames.dropAfter(epoch);
  }

  /**
   * {@inheritDoc}
   *
   * @throws org.vaetf.base.OutputException if the picture cannot be written
   */
  @Override
  public void onModel(int epoch, ModelView model) {
    // The process before may have died between the checkpoint of the epoch and its picture.
    if (!frames.epochs().contains(epoch)) {
      keep(epoch, model);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws org.vaetf.base.OutputException if the picture cannot be written
   */
  @Override
  public void onEpoch(EpochReport report, ModelView model) {
    if (report.last() || EpochFrames.isDue(report.epoch())) {
      keep(report.epoch(), model);
    }
  }

  private void keep(int epoch, ModelView model) {
    if (model.shape().isImage()) {
      Grid grid = Grid.of(model.shape(), model.classes().count());
      Samples x = GreyLevels.of(model.decode(grid.points(model, seed)), model.encoding());
      frames.keep(epoch, ImageGrid.of(grid.columns()).draw(x));
    }
  }

  @Override
  public void onRateHalved(DivergenceException cause, long step) {
    frames.dropAfter((int) (step / steps));
  }

  /**
   * {@inheritDoc}
   *
   * @throws org.vaetf.base.DataException if a picture can no longer be read
   * @throws org.vaetf.base.OutputException if the animation cannot be written
   */
  @Override
  public void onEnd(TrainingResult result) {
    // Who stops a run wants it to end.
    boolean stopped = result.stopped() == TrainingResult.Reason.STOPPED;
    if (!stopped && !frames.epochs().isEmpty()) {
      RunPlots.write(List.of(frames.animation()), run.plots());
    }
  }

  /**
   * How images lie in a picture.
   *
   * @param classes that each point is decoded as; 0 of an unconditional model
   */
  record Grid(int columns, int lines, int classes) {
    static Grid of(RowShape shape, int classes) {
      int most = Math.max(1, MOST_PIXELS / (shape.size() / shape.channels()));
      int columns = Math.min(most, classes == 0 ? COLUMNS : Math.min(MOST_CLASSES, classes));
      return new Grid(columns, Math.min(LINES, most / columns), classes);
    }

    Batch points(ModelView model, long seed) {
      return classes == 0
          ? Batch.of(model.points(columns * lines, seed))
          : Batch.ofEachClass(model.points(lines, seed), columns);
    }
  }
}
