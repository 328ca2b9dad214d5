package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.Binarization;
import org.vaetf.data.DataSet;
import org.vaetf.data.DataSplit;
import org.vaetf.data.Formats;
import org.vaetf.data.InMemoryDataSet;
import org.vaetf.data.ReadOptions;
import org.vaetf.data.RowFormat;
import org.vaetf.data.RowWriter;
import org.vaetf.latent.VampPrior;
import org.vaetf.testing.Figure;
import org.vaetf.testing.RunFiles;
import org.vaetf.testing.TinyModel;

/**
 * A run that is cut off again and again, at random steps, with nothing saved at the cut: it goes on
 * from its newest checkpoint and ends in the bytes of one that nobody disturbed. Every update rule;
 * presets, networks, schedules, policies and kinds of data take turns. The property {@code
 * vaetf.cut.schedules} says with how many schedules each rule is tried (2 of 7).
 */
@Tag("slow")
class CutOffRunTest {
  private static final int EPOCHS = 4;
  private static final int CUTS = 3;
  private static final int SCHEDULES = Integer.getInteger("vaetf.cut.schedules", 2);

  private static int cuts;
  private static int runs;

  @TempDir Path folder;

  /** What breaks a run where a power cut would. */
  private static final class Cut extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** A run, and how its training rows are held. */
  private record Case(String name, RunConfig config, boolean streamed, long seed) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Every kind of weights, and of what keeps a state: among them pseudo-inputs that stay. */
  private static Stream<TinyModel> models() {
    TinyModel vamp = TinyModel.preset("vamp");
    VampPrior fixed = new VampPrior(4, VampPrior.Source.DATA);
    return Stream.of(
            TinyModel.all()
                .filter(
                    model ->
                        model.name().endsWith("dense bernoulli")
                            || model.name().endsWith("convolutional learned")),
            Stream.of(
                    "beta-tc-vae",
                    "factor-vae",
                    "dreg-iwae",
                    "piwae",
                    "vae-planar",
                    "vae-iaf",
                    "ladder-vae",
                    "mixture-prior-vae",
                    "vamp",
                    "flow-prior-vae",
                    "maf-prior-vae")
                .map(TinyModel::preset),
            Stream.of(
                new TinyModel("vamp of the data", vamp.config().withPrior(fixed), vamp.shape())))
        .flatMap(Function.identity());
  }

  static Stream<Case> cases() {
    List<TinyModel> models = models().toList();
    List<Schedule> schedules =
        List.of(
            new Schedule.Constant(),
            new Schedule.Exponential(0.9),
            new Schedule.Cosine(0.1),
            new Schedule.Linear(0.4, 0.1),
            new Schedule.Steps(1, 0.5),
            new Schedule.Plateau(0.5, 1),
            new Schedule.WarmUp(1.5, new Schedule.Plateau(0.5, 1)));
    List<NanPolicy> policies = List.of(NanPolicy.values());
    SplittableRandom random = new SplittableRandom(1);
    List<Case> cases = new ArrayList<>();
    Set<TinyModel> used = new HashSet<>();
    for (UpdateRule rule : UpdateRule.values()) {
      for (int i = 0; i < SCHEDULES; i++) {
        int turn = cases.size();
        Schedule schedule = schedules.get(turn % schedules.size());
        TinyModel model = models.get((turn + turn / models.size()) % models.size());
        boolean drawn = random.nextBoolean() && model.name().endsWith("bernoulli");
        boolean streamed = random.nextBoolean();
        used.add(model);
        RunConfig config = TinyRun.config(model.config(), EPOCHS);
        config =
            config
                .withData(
                    config
                        .data()
                        .withBinarization(drawn ? Binarization.STOCHASTIC : Binarization.NONE))
                .withTraining(
                    config
                        .training()
                        .withOptimizer(OptimizerConfig.of(rule).withClipNorm(random.nextInt(2) * 5))
                        .withSchedule(schedule)
                        .withReportEvery(1 + random.nextInt(3))
                        .withPatience(random.nextInt(3))
                        .withNanPolicy(policies.get(random.nextInt(policies.size())))
                        .withCheckpointEvery(
                            CheckpointInterval.of((2 + random.nextInt(4)) + "steps")));
        String name =
            String.join(
                " ",
                model.name(),
                rule.label(),
                schedule.getClass().getSimpleName(),
                drawn ? "drawn" : "",
                streamed ? "streamed" : "");
        cases.add(new Case(name.strip(), config, streamed, turn));
      }
    }
    assertEquals(Math.min(models.size(), cases.size()), used.size(), "every model has its turn");
    return cases.stream();
  }

  @AfterAll
  static void count() {
    Figure.print("cuts: %d runs cut off %d times in all, none lost a bit", runs, cuts);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void endsInTheBytesOfOneThatNobodyDisturbed(Case one) {
    cutOffAndCompare(one);
  }

  /** Steps too small to better anything: the second epoch is no better than the first. */
  @Test
  void soDoesOneThatRunsOutOfPatience() {
    RunConfig config = TinyRun.config(EPOCHS);
    TrainingConfig still =
        config
            .training()
            .withOptimizer(OptimizerConfig.of(UpdateRule.SGD).withLearningRate(1e-30))
            .withPatience(2)
            .withCheckpointEvery(CheckpointInterval.of("3steps"));
    TrainingResult result =
        cutOffAndCompare(new Case("patience", config.withTraining(still), true, 1));
    assertEquals(TrainingResult.Reason.NO_IMPROVEMENT, result.stopped());
    assertEquals(3, result.epochs());
  }

  private TrainingResult cutOffAndCompare(Case one) {
    Path whole = folder.resolve("whole");
    TrainingResult expected;
    try (DataSplit data = data(one)) {
      expected = Trainer.of(one.config).run(whole, false, data);
    }
    Path parts = folder.resolve("parts");
    SplittableRandom random = new SplittableRandom(one.seed);
    for (int i = 0; i < CUTS; i++) {
      int steps = 1 + random.nextInt(EPOCHS * TinyRun.STEPS_AN_EPOCH / 2);
      Trainer trainer = Trainer.of(one.config);
      trainer.listen(
          TinyRun.afterSteps(
              steps,
              () -> {
                throw new Cut();
              }));
      try (DataSplit data = data(one)) {
        go(trainer, parts, data);
        break; // It came to its end before the cut.
      } catch (Cut cut) {
        cuts++;
      }
    }
    try (DataSplit data = data(one)) {
      TrainingResult found = go(Trainer.of(one.config), parts, data);
      assertEquals(expected.stopped(), found.stopped());
      assertEquals(expected.steps(), found.steps());
      assertEquals(expected.best(), found.best());
      RunFiles.assertSame(whole, parts);
      runs++;
      return found;
    }
  }

  private static TrainingResult go(Trainer trainer, Path run, DataSplit data) {
    return Files.exists(run) ? trainer.resume(run, data) : trainer.run(run, false, data);
  }

  private DataSplit data(Case one) {
    TinyModel model = TinyModel.of("vae dense bernoulli");
    Samples train = model.data(TinyRun.TRAIN_ROWS, 31);
    Samples test = model.data(12, 32);
    if (!one.streamed) {
      return TinyRun.data(train, test);
    }
    Path file = folder.resolve("train.npy");
    if (!Files.exists(file)) {
      try (RowWriter writer =
          Formats.writer(file, RowFormat.of(train.shape(), DataSet.Encoding.REALS))) {
        writer.write(new Batch(train, Optional.empty()));
        writer.commit();
      }
    }
    return new DataSplit(
        Formats.open(file, ReadOptions.defaults()), InMemoryDataSet.of("test rows", test));
  }
}
