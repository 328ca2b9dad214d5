package org.vaetf.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.base.Png;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.data.Batch;
import org.vaetf.data.DataRequest;
import org.vaetf.data.DataSplit;
import org.vaetf.data.ImageGrid;
import org.vaetf.data.InMemoryDataSet;
import org.vaetf.export.SavedModelVae;
import org.vaetf.network.DenseNetwork;
import org.vaetf.nn.Activation;
import org.vaetf.testing.RunFiles;
import org.vaetf.train.CheckpointInterval;
import org.vaetf.train.DataConfig;
import org.vaetf.train.EpochReport;
import org.vaetf.train.ModelView;
import org.vaetf.train.OptimizerConfig;
import org.vaetf.train.RunConfig;
import org.vaetf.train.Trainer;
import org.vaetf.train.TrainingListener;
import org.vaetf.train.TrainingResult;
import org.vaetf.train.UpdateRule;

/** What a run keeps of its epochs; pictures of 8 by 8, 27 to learn from, 3 to judge by. */
class EpochAnimationTest {
  private static final int STEPS_AN_EPOCH = 3;
  private static final long SEED = 4;

  @TempDir Path folder;

  /** What breaks a run where a power cut would. */
  private static final class Cut extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static RunConfig config(String preset, int epochs) {
    RunConfig config = RunConfig.of(preset);
    return config
        .withModel(
            config.model().withLatent(2).withNetwork(new DenseNetwork(List.of(4), Activation.TANH)))
        .withData(DataConfig.of(DataRequest.of("shapes:count=30,size=8")))
        .withTraining(
            config
                .training()
                .withEpochs(epochs)
                .withBatch(9)
                .withMetric("last")
                .withSeed(SEED)
                .withOptimizer(OptimizerConfig.defaults().withLearningRate(0.05)));
  }

  private static TrainingResult train(RunConfig config, Path run) {
    Trainer trainer = Trainer.of(config).listen(new EpochAnimation(run));
    return Files.exists(run) ? trainer.resume(run) : trainer.run(run);
  }

  private static List<Integer> kept(Path run) {
    return new EpochFrames(run.resolve("epochs")).epochs();
  }

  private static void assertSamePictures(Path expected, Path found) {
    RunFiles.assertSameBytes(expected.resolve("epochs"), found.resolve("epochs"));
    RunFiles.assertSameBytes(expected.resolve("plots"), found.resolve("plots"));
  }

  private static void assertPixels(BufferedImage expected, BufferedImage found) {
    assertEquals(expected.getWidth(), found.getWidth());
    assertEquals(expected.getHeight(), found.getHeight());
    int[] levels =
        expected
            .getRaster()
            .getSamples(0, 0, expected.getWidth(), expected.getHeight(), 0, (int[]) null);
    int[] foundLevels =
        found
            .getRaster()
            .getSamples(0, 0, expected.getWidth(), expected.getHeight(), 0, (int[]) null);
    for (int i = 0; i < levels.length; i++) {
      // The exported graph may round the last bit of a value otherwise.
      assertTrue(Math.abs(levels[i] - foundLevels[i]) <= 1, levels[i] + " and " + foundLevels[i]);
    }
  }

  /** As the exported model, which is that of the last epoch, decodes the same draws. */
  @ParameterizedTest
  @CsvSource({"vae, 8, 8", "cvae, 3, 8", "mixture-prior-vae, 8, 8"})
  void theLastPictureIsTheModelsOwn(String preset, int columns, int lines) {
    Path run = folder.resolve("run");
    RunConfig config = config(preset, 2);
    train(config, run);
    assertEquals(List.of(0, 1, 2), kept(run));
    long seed = new Seed(SEED).named("pictures").value();
    try (SavedModelVae vae = SavedModelVae.load(run)) {
      Samples x =
          vae.isConditional()
              ? vae.decode(Batch.ofEachClass(vae.points(lines, seed, 0), columns))
              : vae.sample(columns * lines, seed).x();
      assertPixels(
          ImageGrid.of(columns).draw(x), Png.read(run.resolve("epochs").resolve("0002.png")));
    }
  }

  /** The same z in each line, and another in the next. */
  @Test
  void theClassesOfALineShareTheirPoint() {
    Batch batch = Batch.ofEachClass(new Samples(RowShape.of(1), new float[] {5, 6}), 3);
    assertArrayEquals(new float[] {5, 5, 5, 6, 6, 6}, batch.samples().values());
    assertArrayEquals(new int[] {0, 1, 2, 0, 1, 2}, batch.labels().orElseThrow());
  }

  @Test
  void picturesAreAsManyAsSmallFilesHold() {
    assertEquals(new EpochAnimation.Grid(8, 8, 0), grid(28, 1, 0));
    assertEquals(new EpochAnimation.Grid(8, 8, 0), grid(32, 3, 0));
    assertEquals(new EpochAnimation.Grid(8, 2, 0), grid(64, 3, 0));
    assertEquals(new EpochAnimation.Grid(1, 1, 0), grid(256, 3, 0));
    assertEquals(new EpochAnimation.Grid(1, 1, 0), grid(1024, 3, 0));
    assertEquals(new EpochAnimation.Grid(10, 8, 10), grid(28, 1, 10));
    assertEquals(new EpochAnimation.Grid(2, 8, 2), grid(28, 1, 2));
    assertEquals(new EpochAnimation.Grid(16, 5, 100), grid(28, 1, 100));
  }

  private static EpochAnimation.Grid grid(int size, int channels, int classes) {
    return EpochAnimation.Grid.of(RowShape.image(size, size, channels), classes);
  }

  @Test
  void theModelMovesAndTheGifShowsEachPicture() throws IOException {
    Path run = folder.resolve("run");
    train(config("vae", 3), run);
    List<GifFrames.Frame> frames = GifFrames.read(run.resolve("plots").resolve("epochs.gif"));
    assertEquals(4, frames.size());
    for (int epoch = 0; epoch <= 3; epoch++) {
      BufferedImage kept = Png.read(run.resolve("epochs").resolve("000" + epoch + ".png"));
      assertEquals(8 * 26 - 2, kept.getWidth());
      for (int i = 0; i < kept.getWidth() * kept.getHeight(); i++) {
        int x = i % kept.getWidth();
        int y = i / kept.getWidth();
        int level = kept.getRaster().getSample(x, y, 0);
        assertEquals(level, frames.get(epoch).image().getRGB(x, y) & 0xFF);
      }
    }
    byte[] first = Files.readAllBytes(run.resolve("epochs").resolve("0000.png"));
    byte[] last = Files.readAllBytes(run.resolve("epochs").resolve("0003.png"));
    assertFalse(Arrays.equals(first, last));
  }

  @Test
  void showingChangesNothingOfTheRun() {
    Path alone = folder.resolve("alone");
    Path shown = folder.resolve("shown");
    for (String preset : List.of("vae", "cvae")) {
      Trainer.of(config(preset, 3)).run(alone, true);
      Trainer.of(config(preset, 3)).listen(new EpochAnimation(shown)).run(shown, true);
      RunFiles.assertSameCheckpointsToo(alone, shown);
    }
  }

  private static TrainingListener at(int epoch, Consumer<Integer> act) {
    return new TrainingListener() {
      @Override
      public void onEpoch(EpochReport report, ModelView model) {
        if (report.epoch() == epoch) {
          act.accept(epoch);
        }
      }
    };
  }

  /** To learn ones is to forget zeros: no epoch is better than the first, which alone is saved. */
  private static DataSplit worsening() {
    Samples ones = new Samples(RowShape.image(8, 8, 1), new float[27 * 64]);
    Arrays.fill(ones.values(), 1);
    Samples zeros = new Samples(RowShape.image(8, 8, 1), new float[3 * 64]);
    return new DataSplit(InMemoryDataSet.of("ones", ones), InMemoryDataSet.of("zeros", zeros));
  }

  /** Cut after an epoch without a checkpoint: the run goes back to the one before, of each 4th. */
  @ParameterizedTest
  @Tag("slow")
  @ValueSource(ints = {3, 8, 65, 66})
  void aRunThatIsCutOffLeavesTheSame(int cut) {
    RunConfig config = config("vae", 70);
    RunConfig rare =
        config.withTraining(
            config
                .training()
                .withMetric("loss")
                .withOptimizer(OptimizerConfig.defaults().withLearningRate(0.002))
                .withCheckpointEvery(CheckpointInterval.of("4epochs")));
    Path whole = folder.resolve("whole");
    Path parts = folder.resolve("parts");
    try (DataSplit data = worsening()) {
      Trainer.of(rare).listen(new EpochAnimation(whole)).run(whole, false, data);
      Trainer cutOff = Trainer.of(rare).listen(new EpochAnimation(parts));
      cutOff.listen(
          at(
              cut,
              epoch -> {
                throw new Cut();
              }));
      assertThrows(Cut.class, () -> cutOff.run(parts, false, data));
      assertTrue(kept(parts).contains(Math.min(cut, 64)), kept(parts).toString());
      Trainer.of(rare).listen(new EpochAnimation(parts)).resume(parts, data);
    }
    Map<String, byte[]> pictures = RunFiles.bytes(whole.resolve("epochs"));
    assertFalse(Arrays.equals(pictures.get("0068.png"), pictures.get("0070.png")), "they differ");
    assertSamePictures(whole, parts);
  }

  /** A process may die when it has written the checkpoint and not yet the picture. */
  @ParameterizedTest
  @ValueSource(ints = {0, 2, 5})
  void aPictureThatIsMissingIsDrawnFromTheCheckpoint(int epoch) throws IOException {
    Path whole = folder.resolve("whole");
    Path parts = folder.resolve("parts");
    train(config("vae", 5), whole);
    if (epoch > 0) {
      train(config("vae", epoch), parts);
      Files.delete(parts.resolve("epochs").resolve("000" + epoch + ".png"));
    }
    train(config("vae", 5), parts);
    assertSamePictures(whole, parts);
  }

  @Test
  void whatIsLeftOfAPictureHalfWrittenIsClearedAway() throws IOException {
    Path whole = folder.resolve("whole");
    Path parts = folder.resolve("parts");
    train(config("vae", 3), whole);
    train(config("vae", 2), parts);
    Path left = Files.createDirectory(parts.resolve("epochs").resolve(".vae-tf-123"));
    Files.writeString(left.resolve("0003.png"), "half");
    train(config("vae", 3), parts);
    assertSamePictures(whole, parts);
  }

  /** The last epoch has its picture, whatever its number; it is gone when the run goes on. */
  @Test
  void theLastEpochIsShownWhereverTheRunEnds() {
    Path run = folder.resolve("run");
    RunConfig still = config("vae", 200);
    TrainingResult result =
        train(
            still.withTraining(
                still
                    .training()
                    .withMetric("loss")
                    .withPatience(68)
                    .withOptimizer(OptimizerConfig.of(UpdateRule.SGD).withLearningRate(1e-30))),
            run);
    assertEquals(TrainingResult.Reason.NO_IMPROVEMENT, result.stopped());
    assertEquals(69, result.epochs());
    List<Integer> kept = kept(run);
    assertEquals(List.of(66, 68, 69), kept.subList(kept.size() - 3, kept.size()));
  }

  @Test
  void aRunThatIsStoppedMakesNoAnimationAndTheNextPartDoes() {
    Path whole = folder.resolve("whole");
    Path parts = folder.resolve("parts");
    RunConfig config = config("vae", 4);
    train(config, whole);
    Trainer trainer = Trainer.of(config).listen(new EpochAnimation(parts));
    trainer.listen(at(2, epoch -> trainer.stop()));
    assertEquals(TrainingResult.Reason.STOPPED, trainer.run(parts).stopped());
    assertEquals(List.of(0, 1, 2), kept(parts));
    assertFalse(Files.exists(parts.resolve("plots")));
    train(config, parts);
    assertSamePictures(whole, parts);
  }

  /** Where the run goes back, so do the pictures. */
  @Test
  void goingBackDropsTheEpochsSince() {
    Path run = folder.resolve("run");
    train(config("vae", 5), run);
    EpochAnimation animation = new EpochAnimation(run);
    animation.onStart(config("vae", 5), STEPS_AN_EPOCH, 1, 5);
    animation.onRateHalved(null, 2 * STEPS_AN_EPOCH);
    assertEquals(List.of(0, 1, 2), kept(run));
  }

  @Test
  void rowsThatAreNoImagesHaveNone() {
    float[] values = new float[40 * 5];
    IntStream.range(0, values.length).forEach(i -> values[i] = (float) Math.abs(Math.sin(i)));
    Samples rows = new Samples(RowShape.of(5), values);
    Path run = folder.resolve("run");
    try (DataSplit data =
        new DataSplit(InMemoryDataSet.of("rows", rows), InMemoryDataSet.of("more", rows))) {
      Trainer.of(config("vae", 2)).listen(new EpochAnimation(run)).run(run, false, data);
    }
    assertFalse(Files.exists(run.resolve("epochs")) || Files.exists(run.resolve("plots")));
  }

  /** Values of 0…1 are shown as bright as those of 0…255. */
  @Test
  void realsAreScaledToGreyLevels() {
    Samples x = new Samples(RowShape.image(8, 8, 1), new float[30 * 64]);
    Arrays.fill(x.values(), 1);
    Path run = folder.resolve("run");
    try (DataSplit data =
        new DataSplit(InMemoryDataSet.of("white", x), InMemoryDataSet.of("more", x))) {
      Trainer.of(config("vae", 20)).listen(new EpochAnimation(run)).run(run, false, data);
    }
    BufferedImage last = Png.read(run.resolve("epochs").resolve("0020.png"));
    assertTrue(last.getRaster().getSample(0, 0, 0) > 200, "" + last.getRaster().getSample(0, 0, 0));
  }
}
