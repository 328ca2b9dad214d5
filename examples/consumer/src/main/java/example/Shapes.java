package example;

import java.nio.file.Path;
import org.vaetf.base.Samples;
import org.vaetf.data.DataRequest;
import org.vaetf.export.Encoding;
import org.vaetf.export.Generated;
import org.vaetf.export.SavedModelVae;
import org.vaetf.model.Objective;
import org.vaetf.train.DataConfig;
import org.vaetf.train.EpochReport;
import org.vaetf.train.RunConfig;
import org.vaetf.train.Trainer;
import org.vaetf.train.TrainingListener;
import org.vaetf.train.TrainingResult;

/** Trains a small model on pictures of shapes, draws from it, and encodes what it drew. */
public class Shapes {
  public static void main(String[] arguments) {
    RunConfig config = RunConfig.of("vae");
    config =
        config
            .withModel(config.model().withLatent(2))
            .withData(DataConfig.of(DataRequest.of("shapes:count=500,size=8")))
            .withTraining(config.training().withEpochs(3).withSeed(1));

    TrainingListener print =
        new TrainingListener() {
          @Override
          public void onEpoch(EpochReport report) {
            double nats = report.test().get(Objective.NEGATIVE_ELBO);
            System.out.printf("epoch %d: test negative ELBO %.1f nats%n", report.epoch(), nats);
          }
        };
    TrainingResult result = Trainer.of(config).listen(print).run(Path.of(arguments[0]));

    try (SavedModelVae vae = SavedModelVae.load(result.folder().path())) {
      Generated drawn = vae.sample(16, 1);
      Encoding posterior = vae.encode(drawn.x());
      Samples again = vae.decode(posterior.mean());
      System.out.println("drawn: " + drawn.x() + ", decoded again: " + again);
    }
  }
}
