package org.vaetf.train;

import java.util.OptionalDouble;
import org.vaetf.base.Samples;
import org.vaetf.data.DataSplit;
import org.vaetf.data.InMemoryDataSet;
import org.vaetf.model.ModelConfig;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.Compute;
import org.vaetf.tf.Device;

/** Runs of a fraction of a second, on rows in memory. */
final class TinyRun {
  static final int TRAIN_ROWS = 50;
  static final int BATCH = 16;
  static final int STEPS_AN_EPOCH = 4;

  private TinyRun() {}

  /** A model on 50 rows in batches of 16: four steps an epoch, the last of two rows. */
  static RunConfig config(ModelConfig model, int epochs) {
    return RunConfig.of("vae")
        .withModel(model)
        .withTraining(
            TrainingConfig.defaults()
                .withEpochs(epochs)
                .withBatch(BATCH)
                .withSeed(3)
                .withOptimizer(OptimizerConfig.defaults().withLearningRate(0.01))
                .withCompute(new Compute(Device.CPU, 2)));
  }

  static RunConfig config(int epochs) {
    return config(TinyModel.of("vae dense bernoulli").config(), epochs);
  }

  /** Rows in [0, 1]. */
  static DataSplit data() {
    TinyModel model = TinyModel.of("vae dense bernoulli");
    return data(model.data(TRAIN_ROWS, 31), model.data(12, 32));
  }

  static DataSplit data(Samples train, Samples test) {
    return new DataSplit(
        InMemoryDataSet.of("train rows", train), InMemoryDataSet.of("test rows", test));
  }

  /** Stops a run after so many steps of its process. */
  static TrainingListener stopAfter(Trainer trainer, int steps) {
    return afterSteps(steps, trainer::stop);
  }

  /** Does something once, after so many steps of the process. */
  static TrainingListener afterSteps(int steps, Runnable act) {
    return new TrainingListener() {
      private int done;

      @Override
      public void onBatch(int epoch, int batch, OptionalDouble loss) {
        done++;
        if (done == steps) {
          act.run();
        }
      }
    };
  }
}
