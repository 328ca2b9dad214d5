package org.vaetf.events;

import java.nio.file.Path;
import java.util.List;
import org.vaetf.data.DataRequest;
import org.vaetf.data.DataSplit;
import org.vaetf.network.DenseNetwork;
import org.vaetf.nn.Activation;
import org.vaetf.train.DataConfig;
import org.vaetf.train.RunConfig;
import org.vaetf.train.Trainer;

/** Runs of a fraction of a second on pictures of 8 by 8: 54 to learn from, 6 to judge by. */
final class EventsRun {
  static final int STEPS_AN_EPOCH = 3;

  private EventsRun() {}

  static RunConfig config(String preset, int epochs) {
    RunConfig config = RunConfig.of(preset);
    return config
        .withModel(
            config.model().withLatent(2).withNetwork(new DenseNetwork(List.of(8), Activation.TANH)))
        .withData(DataConfig.of(DataRequest.of("shapes:count=60,size=8")))
        .withTraining(
            config
                .training()
                .withEpochs(epochs)
                .withBatch(20)
                .withReportEvery(2)
                .withMetric("last")
                .withSeed(4));
  }

  /** Trains into a folder, or goes on with the run there, and tells it to TensorBoard. */
  static void train(RunConfig config, Path run, boolean resume) {
    try (DataSplit data = config.data().open(config.training().seed());
        TensorBoardEvents events = new TensorBoardEvents(run.resolve("events"), data.test())) {
      Trainer trainer = Trainer.of(config).listen(events);
      if (resume) {
        trainer.resume(run, data);
      } else {
        trainer.run(run, false, data);
      }
    }
  }
}
