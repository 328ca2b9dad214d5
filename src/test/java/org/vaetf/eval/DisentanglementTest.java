package org.vaetf.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.data.DataRequest;
import org.vaetf.data.DataSet;
import org.vaetf.data.Shapes;
import org.vaetf.export.SavedModelVae;
import org.vaetf.tf.Compute;
import org.vaetf.tf.Device;
import org.vaetf.train.DataConfig;
import org.vaetf.train.RunConfig;
import org.vaetf.train.Trainer;

/** From the pictures of {@code shapes} to all metrics. */
class DisentanglementTest {
  private static final DisentanglementSettings SETTINGS =
      DisentanglementSettings.defaults()
          .withRows(1000)
          .withVotes(60)
          .withTestVotes(60)
          .withBatch(16)
          .withTrees(3)
          .withDepth(5);

  @TempDir Path folder;

  @Test
  void aModelOfShapes() {
    RunConfig config = RunConfig.defaults();
    Trainer.of(
            config
                .withModel(config.model().withLatent(4))
                .withData(DataConfig.of(DataRequest.of("shapes:count=2000,size=8")))
                .withTraining(config.training().withEpochs(10).withBatch(50)))
        .run(folder.resolve("run"));
    DataSet data = new Shapes(10, 8, 1);
    Disentanglement found;
    try (SavedModelVae vae = SavedModelVae.load(folder.resolve("run"))) {
      int[] done = {0};
      found = Disentanglement.of(vae.scaled(), data, SETTINGS, rows -> done[0] += rows);
      assertEquals(SETTINGS.encodedRows(), done[0]);
      assertNotEquals(
          found, Disentanglement.of(vae.scaled(), data, SETTINGS.withSeed(1), rows -> {}));
    }
    try (SavedModelVae vae =
        SavedModelVae.load(folder.resolve("run"), new Compute(Device.CPU, 3))) {
      assertEquals(found, Disentanglement.of(vae.scaled(), data, SETTINGS, rows -> {}));
    }
    assertTrue(
        DoubleStream.of(
                found.mutualInformationGap().score(),
                found.sap().score(),
                found.dci().disentanglement(),
                found.dci().completeness())
            .allMatch(score -> score > 0 && score < 1));
    // Even ten epochs see where a shape is: linear in pixels.
    assertTrue(found.dci().errorByFactor().get(3) < 0.8, "posX: " + found.dci());
    assertTrue(found.dci().errorByFactor().get(4) < 0.8, "posY: " + found.dci());
    assertTrue(found.factorVaeScore().accuracy().mean() > 0.3);
    assertTrue(found.betaVaeScore().accuracy().mean() > 0.3);
  }

  /** Rows of the grid bring their shape as label. */
  @Test
  void aConditionalModelOfShapes() {
    RunConfig config = RunConfig.of("cvae");
    Trainer.of(
            config
                .withModel(config.model().withLatent(3))
                .withData(DataConfig.of(DataRequest.of("shapes:count=500,size=8")))
                .withTraining(config.training().withEpochs(2).withBatch(50)))
        .run(folder.resolve("run"));
    try (SavedModelVae vae = SavedModelVae.load(folder.resolve("run"))) {
      Disentanglement found =
          Disentanglement.of(vae.scaled(), new Shapes(10, 8, 1), SETTINGS, rows -> {});
      assertEquals(5, found.dci().errorByFactor().size());
    }
  }
}
