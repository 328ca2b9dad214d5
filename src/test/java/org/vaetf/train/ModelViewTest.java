package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.DataSplit;
import org.vaetf.data.InMemoryDataSet;
import org.vaetf.data.Scaling;
import org.vaetf.export.Encoding;
import org.vaetf.export.ExportedModel;
import org.vaetf.export.Generated;
import org.vaetf.export.SavedModelVae;
import org.vaetf.testing.OneLine;
import org.vaetf.testing.RunFiles;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.Array;

/** What a listener sees of the model, and that the training does not see the listener. */
class ModelViewTest {
  private static final int ROWS = 7;

  @TempDir Path folder;

  /** Labels, a prior that learns, flows on both sides, a ladder, convolutions, a discriminator. */
  static Stream<TinyModel> models() {
    return Stream.concat(
        Stream.of("vae", "cvae", "vamp", "flow-prior-vae", "vae-iaf", "ladder-vae", "factor-vae")
            .map(TinyModel::preset),
        Stream.of(TinyModel.of("vae convolutional learned")));
  }

  private static DataSplit data(TinyModel model) {
    return new DataSplit(rows(model, TinyRun.TRAIN_ROWS, 31), rows(model, 12, 32));
  }

  private static InMemoryDataSet rows(TinyModel model, int count, long seed) {
    Batch batch = model.batch(count, seed);
    InMemoryDataSet rows = InMemoryDataSet.of("rows " + seed, batch.samples());
    return batch.labels().map(rows::withLabels).orElse(rows);
  }

  private static RunConfig config(TinyModel model, int epochs) {
    RunConfig config = TinyRun.config(model.config(), epochs);
    return config.withTraining(config.training().withMetric(TrainingConfig.LAST));
  }

  private static TrainingListener looking(BiConsumer<EpochReport, ModelView> look) {
    return new TrainingListener() {
      @Override
      public void onEpoch(EpochReport report, ModelView model) {
        look.accept(report, model);
      }
    };
  }

  /** Everything there is to look at. */
  private record Seen(
      Map<String, Array> weights,
      Encoding encoding,
      Samples reconstruction,
      Samples points,
      Samples decoded) {

    static Seen of(ModelView model, Batch rows) {
      Samples points = model.points(rows.samples().rows(), 5);
      return new Seen(
          model.weights(),
          model.encode(rows),
          model.reconstruct(rows),
          points,
          model.decode(new Batch(points, rows.labels())));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void theModelOfTheLastEpochIsTheExportedOne(TinyModel model) {
    Batch rows = model.batch(ROWS, 3);
    List<Seen> seen = new ArrayList<>();
    Path run = folder.resolve("run");
    try (DataSplit data = data(model)) {
      Trainer.of(config(model, 2))
          .listen(looking((report, view) -> seen.add(Seen.of(view, rows))))
          .run(run, false, data);
    }
    assertEquals(2, seen.size());
    Seen last = seen.get(1);
    assertFalse(seen.get(0).reconstruction.equals(last.reconstruction), "the model has moved");
    try (SavedModelVae vae = SavedModelVae.load(run)) {
      Map<String, Array> exported = ExportedModel.of(vae).weights();
      exported.forEach(
          (name, weight) ->
              assertArrayEquals(weight.values(), last.weights.get(name).values(), name));
      Encoding encoding = vae.encode(rows);
      assertNear(encoding.mean().values(), last.encoding.mean().values(), 1e-5, "mean");
      assertNear(
          encoding.logVariance().values(),
          last.encoding.logVariance().values(),
          1e-5,
          "log-variance");
      Samples reconstruction = vae.reconstruct(rows);
      assertEquals(model.shape(), last.reconstruction.shape());
      assertNear(reconstruction.values(), last.reconstruction.values(), 1e-5, "reconstruction");
      Generated drawn =
          rows.labels()
              .map(labels -> vae.sample(labels, 5))
              .orElseGet(() -> vae.sample(rows.samples().rows(), 5));
      assertNear(drawn.z().values(), last.points.values(), 1e-5, "points");
      assertNear(drawn.x().values(), last.decoded.values(), 1e-5, "decoded points");
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void lookingChangesNothing(TinyModel model) {
    Batch rows = model.batch(ROWS, 3);
    Path alone = folder.resolve("alone");
    Path watched = folder.resolve("watched");
    try (DataSplit data = data(model)) {
      Trainer.of(config(model, 2)).run(alone, false, data);
      Trainer.of(config(model, 2))
          .listen(looking((report, view) -> Seen.of(view, rows)))
          .run(watched, false, data);
    }
    RunFiles.assertSameCheckpointsToo(alone, watched);
  }

  @Test
  void rowsAreAsPeopleHaveThem() {
    TinyModel model = TinyModel.of("vae dense fixed");
    Samples x = model.data(ROWS, 3);
    RunConfig config = config(model, 1);
    Path run = folder.resolve("run");
    List<Samples> seen = new ArrayList<>();
    try (DataSplit data = data(model)) {
      Trainer.of(config.withData(config.data().withScaling(Scaling.Kind.STANDARDIZE)))
          .listen(looking((report, view) -> seen.add(view.reconstruct(Batch.of(x)))))
          .run(run, false, data);
    }
    try (SavedModelVae vae = SavedModelVae.load(run)) {
      assertNear(vae.reconstruct(x).values(), seen.get(0).values(), 1e-5, "reconstruction");
    }
    assertEquals(model.data(ROWS, 3), x, "the rows stay as they were");
  }

  /** A run in three parts, the first stopped within its third epoch. */
  @Test
  void whoListensSeesWhatARunBeginsAndEndsWith() {
    List<String> told = new ArrayList<>();
    List<Map<String, Array>> weights = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onModel(int epoch, ModelView model) {
            told.add("model " + epoch + " of " + model.encoding());
            weights.add(model.weights());
          }

          @Override
          public void onEpoch(EpochReport report, ModelView model) {
            told.add("epoch " + report.epoch() + (report.last() ? ", the last" : ""));
            weights.add(model.weights());
          }

          @Override
          public void onEnd(TrainingResult result) {
            told.add(result.stopped().label() + " after " + result.epochs());
          }
        };
    Path run = folder.resolve("run");
    RunConfig config = config(TinyModel.preset("vae"), 3);
    try (DataSplit data = data(TinyModel.preset("vae"))) {
      Trainer first = Trainer.of(config).listen(listener);
      first.listen(TinyRun.stopAfter(first, 2 * TinyRun.STEPS_AN_EPOCH + 1));
      first.run(run, false, data);
      Trainer.of(config).listen(listener).resume(run, data);
      RunConfig longer = config.withTraining(config.training().withEpochs(4));
      Trainer.of(longer).listen(listener).resume(run, data);
    }
    assertEquals(
        List.of(
            "model 0 of REALS",
            "epoch 1",
            "epoch 2",
            "stopped after 2",
            "epoch 3, the last",
            "finished after 3",
            "model 3 of REALS",
            "epoch 4, the last",
            "finished after 4"),
        told);
    // Those of epochs 0, 1, 2, 3, again 3, and 4.
    for (int i = 1; i < weights.size(); i++) {
      String name = weights.get(i).keySet().iterator().next();
      assertEquals(
          i == 4,
          Arrays.equals(weights.get(i - 1).get(name).values(), weights.get(i).get(name).values()),
          "number " + i);
    }
  }

  @Test
  void aViewEndsWithItsCall() {
    List<ModelView> kept = new ArrayList<>();
    try (DataSplit data = TinyRun.data()) {
      Trainer.of(TinyRun.config(1))
          .listen(looking((report, view) -> kept.add(view)))
          .run(folder.resolve("run"), false, data);
    }
    ModelView view = kept.get(0);
    assertEquals(TinyModel.IMAGE, view.shape());
    assertEquals(2, view.latent());
    assertEquals(0, view.classes().count());
    assertThrows(IllegalStateException.class, view::weights);
    assertThrows(IllegalStateException.class, () -> view.points(1, 0));
    Batch z = Batch.of(TinyModel.of("vae dense bernoulli").points(1, 1));
    assertThrows(IllegalStateException.class, () -> view.decode(z));
  }

  @Test
  void aListenerThatFailsLeavesARunToGoOnWith() {
    TinyModel model = TinyModel.preset("vae");
    Path whole = folder.resolve("whole");
    Path parts = folder.resolve("parts");
    TrainingListener failing =
        looking(
            (report, view) -> {
              view.encode(model.batch(ROWS, 3));
              if (report.epoch() == 2) {
                throw new IllegalStateException("nobody expects this");
              }
            });
    try (DataSplit data = data(model)) {
      Trainer.of(config(model, 4)).run(whole, false, data);
      Trainer trainer = Trainer.of(config(model, 4)).listen(failing);
      Exception failure =
          assertThrows(IllegalStateException.class, () -> trainer.run(parts, false, data));
      assertEquals("nobody expects this", failure.getMessage());
      assertEquals(
          TrainingResult.Reason.FINISHED,
          Trainer.of(config(model, 4)).resume(parts, data).stopped());
    }
    RunFiles.assertSame(whole, parts);
  }

  @Test
  void rowsThatDoNotFitAreRefused() {
    TinyModel model = TinyModel.preset("cvae");
    List<String> looked = new ArrayList<>();
    try (DataSplit data = data(model)) {
      Trainer.of(config(model, 1))
          .listen(
              looking(
                  (report, view) -> {
                    Samples x = model.data(2, 1);
                    Samples z = model.points(2, 1);
                    OneLine.ofConfig(() -> view.encode(Batch.of(x)), "conditional, on 3 classes");
                    OneLine.ofConfig(() -> view.encode(Batch.of(x, 1)), "2, one for each row");
                    OneLine.ofConfig(() -> view.decode(Batch.of(x, 1, 1)), "row shape of z");
                    OneLine.ofConfig(() -> view.points(0, 1), "count");
                    OneLine.ofData(() -> view.decode(Batch.of(z, 1, 3)), "row 1 has the label 3");
                    looked.add(report.toString());
                  }))
          .run(folder.resolve("run"), false, data);
    }
    assertEquals(1, looked.size());
  }

  @Test
  void lossesComeWithTheirStepAndRate() {
    List<String> told = new ArrayList<>();
    RunConfig config = TinyRun.config(2);
    try (DataSplit data = TinyRun.data()) {
      Trainer.of(config.withTraining(config.training().withReportEvery(3)))
          .listen(
              new TrainingListener() {
                @Override
                public void onLoss(long step, double loss, double learningRate) {
                  assertTrue(Double.isFinite(loss) && loss > 0, "loss " + loss);
                  told.add(step + " at " + learningRate);
                }
              })
          .run(folder.resolve("run"), false, data);
    }
    assertEquals(List.of("1 at 0.01", "4 at 0.01", "5 at 0.01", "8 at 0.01"), told);
  }
}
