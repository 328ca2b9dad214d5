package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.data.DataRequest;
import org.vaetf.testing.TestData;

/** The official digits. */
@Tag("slow")
class MnistTrainingTest {
  /** After one epoch; ten reach 105.5, none 543. Grey Bernoulli, as in PyTorch's example. */
  private static final double MOST_NATS = 135;

  @TempDir Path folder;

  @Test
  void oneEpochOfTheDenseVae() {
    RunConfig config = RunConfig.of("vae");
    TrainingResult result =
        Trainer.of(
                config
                    .withData(DataConfig.of(DataRequest.of(TestData.folder("mnist").toString())))
                    .withTraining(config.training().withEpochs(1).withSeed(1)))
            .run(folder.resolve("run"));
    assertEquals(469, result.steps());
    double negativeElboNats = result.best().get("negative_elbo");
    assertTrue(
        negativeElboNats <= MOST_NATS && negativeElboNats > 80,
        "test negative ELBO is " + negativeElboNats + " nats, at most " + MOST_NATS);
  }
}
