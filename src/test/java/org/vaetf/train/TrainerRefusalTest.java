package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.ConfigException;
import org.vaetf.base.DataException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.base.VaeException;
import org.vaetf.data.DataSplit;
import org.vaetf.export.SavedModelVae;
import org.vaetf.likelihood.Gaussian;
import org.vaetf.likelihood.Spread;
import org.vaetf.model.Elbo;
import org.vaetf.model.ModelConfig;
import org.vaetf.model.Objective;
import org.vaetf.model.Presets;
import org.vaetf.network.ConvolutionalNetwork;
import org.vaetf.network.CustomNetwork;
import org.vaetf.network.DenseNetwork;
import org.vaetf.nn.Activation;
import org.vaetf.nn.Dense;
import org.vaetf.nn.Initializer;
import org.vaetf.nn.LayerScope;
import org.vaetf.testing.RunFiles;
import org.vaetf.testing.TinyModel;

/** What a run refuses, each in one line; what diverges; networks given in Java. */
class TrainerRefusalTest {
  private static final ModelConfig VAE = TinyModel.of("vae dense bernoulli").config();

  @TempDir Path folder;

  @Test
  void aFolderThatHoldsSomething() throws IOException {
    Path run = run(TinyRun.config(1));
    assertRefused("exists already", () -> run(TinyRun.config(1)));
    try (DataSplit data = TinyRun.data()) {
      Files.writeString(run.resolve("old.txt"), "old");
      Trainer.of(TinyRun.config(1)).run(run, true, data);
      assertFalse(Files.exists(run.resolve("old.txt")));
    }
    Files.delete(run.resolve("config.json"));
    assertRefused("is no run folder", () -> run(TinyRun.config(1), true));
    assertTrue(Files.exists(run.resolve("metrics.csv")));
  }

  @Test
  void anEmptyFolderWillDo() throws IOException {
    Files.createDirectories(folder.resolve("run"));
    assertTrue(Files.exists(run(TinyRun.config(1)).resolve("saved_model")));
  }

  @Test
  void aFileInTheFoldersPlace() throws IOException {
    Files.writeString(folder.resolve("run"), "file");
    assertRefused("is a file", () -> run(TinyRun.config(1)));
    assertRefused("is a file", () -> run(TinyRun.config(1), true));
  }

  @Test
  void aFolderBelowAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "file");
    try (DataSplit data = TinyRun.data()) {
      assertRefused(
          "cannot be written",
          () -> Trainer.of(TinyRun.config(1)).run(file.resolve("run"), false, data));
    }
  }

  @Test
  void resumingWhatIsNoRun() {
    try (DataSplit data = TinyRun.data()) {
      assertRefused(
          "is no run folder",
          () -> Trainer.of(TinyRun.config(1)).resume(folder.resolve("no"), data));
    }
  }

  @Test
  void resumingWithAnotherConfigurationNamesWhatDiffers() {
    run(TinyRun.config(1));
    RunConfig config = TinyRun.config(2);
    TrainingConfig training = config.training();
    assertNotResumed("model.latent was 2 and is now 3", config.withModel(VAE.withLatent(3)));
    assertNotResumed(
        "model.objective.beta was 1.0 and is now 2.0",
        config.withModel(VAE.withObjective(Elbo.defaults().withBeta(2))));
    assertNotResumed("training.seed was 3 and is now 4", config.withTraining(training.withSeed(4)));
    assertNotResumed(
        "training.optimizer.learningRate was 0.01 and is now 0.02",
        config.withTraining(training.withOptimizer(training.optimizer().withLearningRate(0.02))));
    assertNotResumed(
        "training.schedule.", config.withTraining(training.withSchedule(new Schedule.Cosine(0))));
  }

  private void assertNotResumed(String what, RunConfig config) {
    try (DataSplit data = TinyRun.data()) {
      assertRefused(what, () -> Trainer.of(config).resume(folder.resolve("run"), data));
    }
  }

  @Test
  void resumingOnOtherData() {
    run(TinyRun.config(1));
    TinyModel model = TinyModel.of("vae dense bernoulli");
    try (DataSplit other = TinyRun.data(model.data(50, 99), model.data(12, 32))) {
      assertRefused(
          "data", () -> Trainer.of(TinyRun.config(2)).resume(folder.resolve("run"), other));
    }
  }

  @Test
  void aBatchLargerThanTheDataLeavesNoFolder() {
    RunConfig config = TinyRun.config(1);
    ConfigException refused =
        assertThrows(
            ConfigException.class, () -> run(config.withTraining(config.training().withBatch(51))));
    assertEquals("batch", refused.setting());
    assertEquals("51", refused.got());
    assertFalse(Files.exists(folder.resolve("run")), "a refused run leaves nothing");
  }

  @Test
  void bernoulliOnDataOutsideItsRangeLeavesNoFolder() {
    float[] values = new float[50 * 30];
    values[777] = 1.5f;
    try (DataSplit data =
        TinyRun.data(
            new Samples(TinyModel.IMAGE, values), new Samples(TinyModel.IMAGE, new float[300]))) {
      ConfigException refused =
          assertThrows(
              ConfigException.class,
              () -> Trainer.of(TinyRun.config(1)).run(folder.resolve("run"), false, data));
      assertTrue(refused.getMessage().contains("1.5"), refused.getMessage());
      assertTrue(refused.getMessage().contains("--likelihood gaussian"), refused.getMessage());
    }
    assertFalse(Files.exists(folder.resolve("run")), "a refused run leaves nothing");
  }

  @Test
  void aMetricThatTheObjectiveDoesNotHave() {
    RunConfig config = TinyRun.config(TinyModel.of("ae dense fixed").config(), 1);
    assertRefused(
        "one of: loss, reconstruction_error",
        () -> run(config.withTraining(config.training().withMetric("kl"))));
    assertFalse(Files.exists(folder.resolve("run")));
  }

  @Test
  void convolutionsOnFlatRows() {
    RunConfig config =
        TinyRun.config(
            VAE.withNetwork(new ConvolutionalNetwork(List.of(2), 2, Activation.RELU)), 1);
    Samples rows = TinyModel.of("vae dense bernoulli").data(50, 1).reshape(RowShape.of(30));
    try (DataSplit data = TinyRun.data(rows, rows.slice(0, 12))) {
      assertRefused(
          "--network dense", () -> Trainer.of(config).run(folder.resolve("run"), false, data));
    }
    assertFalse(Files.exists(folder.resolve("run")));
  }

  @Test
  void settingsOutOfRange() {
    TrainingConfig training = TrainingConfig.defaults();
    OptimizerConfig optimizer = OptimizerConfig.defaults();
    assertRefused("latent", () -> VAE.withLatent(0));
    assertRefused("beta", () -> Elbo.defaults().withBeta(-1));
    assertRefused("beta", () -> Elbo.defaults().withBeta(Double.NaN));
    assertRefused("freeBits", () -> Elbo.defaults().withFreeBits(-0.1));
    assertRefused("warmUpEpochs", () -> Elbo.defaults().withWarmUpEpochs(-1));
    assertRefused("variance", () -> new Gaussian(Spread.FIXED, 0));
    assertRefused("hidden", () -> new DenseNetwork(List.of(4, 0), Activation.RELU));
    assertRefused("hidden", () -> new DenseNetwork(List.of(), Activation.RELU));
    assertRefused("preset", () -> Presets.of("gan"));
    assertRefused("ae, vae, beta-vae", () -> RunConfig.of("gan"));
    assertRefused("epochs", () -> training.withEpochs(0));
    assertRefused("batch", () -> training.withBatch(0));
    assertRefused("patience", () -> training.withPatience(-1));
    assertRefused("keepCheckpoints", () -> training.withKeepCheckpoints(0));
    assertRefused("learningRate", () -> optimizer.withLearningRate(0));
    assertRefused("weightDecay", () -> optimizer.withWeightDecay(-1));
    assertRefused("clipNorm", () -> optimizer.withClipNorm(-1));
    assertRefused("clipValue", () -> optimizer.withClipValue(Double.NaN));
    assertRefused("beta1", () -> optimizer.withConstant("beta1", -0.1));
    assertRefused("epsilon", () -> optimizer.withConstant("epsilon", Double.NaN));
    assertRefused("beta1, beta2, epsilon", () -> optimizer.withConstant("decay", 0.5));
  }

  @Test
  void anUnknownKeyInAConfigurationNamesTheKnownOnes() throws IOException {
    Path config = run(TinyRun.config(1)).resolve("config.json");
    String text = Files.readString(config);
    Path changed = folder.resolve("changed.json");
    Files.writeString(changed, text.replace("\"latent\"", "\"latents\" : 3, \"latent\""));
    DataException refused = assertThrows(DataException.class, () -> RunConfig.read(changed));
    assertEquals(1, refused.getMessage().lines().count());
    assertTrue(
        refused.getMessage().startsWith(changed + ":")
            && refused
                .getMessage()
                .endsWith(
                    "unknown key 'latents'; expected one of:"
                        + " condition, latent, likelihood, network, objective, posterior, prior"),
        refused.getMessage());
    Files.writeString(changed, text.replace("\"latent\" : 2", "\"latent\" : 0"));
    assertRefused("latent is 0", () -> RunConfig.read(changed));
    Files.writeString(changed, text.replace("\"epochs\" : 1,", ""));
    assertRefused("key 'training.epochs': is missing", () -> RunConfig.read(changed));
    Files.writeString(changed, text.replace("\"dense\"", "\"sparse\""));
    assertRefused(
        "unknown kind 'sparse'; expected one of: linear, dense", () -> RunConfig.read(changed));
  }

  @Test
  void divergenceNamesTheTermAndKeepsTheCheckpointBefore() {
    RunConfig wild =
        TinyRun.config(TinyModel.of("ae linear fixed").config(), 50)
            .withTraining(
                TinyRun.config(50)
                    .training()
                    .withBatch(50)
                    .withOptimizer(OptimizerConfig.of(UpdateRule.SGD).withLearningRate(1e3)));
    DivergenceException diverged = assertThrows(DivergenceException.class, () -> run(wild));
    assertEquals("reconstruction_error", diverged.term());
    assertFalse(Float.isFinite(diverged.value()));
    assertTrue(diverged.step() >= 1, diverged.getMessage());
    Path checkpoints = folder.resolve("run").resolve("checkpoints");
    assertTrue(
        diverged.getMessage().contains("the checkpoint " + checkpoints.resolve("step-")),
        diverged.getMessage());
    assertEquals(1, diverged.getMessage().lines().count());
    assertTrue(RunFiles.names(checkpoints).contains("step-0000000001"));
    try (SavedModelVae best = SavedModelVae.load(folder.resolve("run"))) {
      assertTrue(best.manifest().metrics().get(Objective.LOSS) > 0);
    }
  }

  @Test
  void divergenceOfTheDivergenceIsNamedKl() {
    RunConfig wild =
        TinyRun.config(TinyModel.of("vae linear bernoulli").config(), 5)
            .withTraining(
                TinyRun.config(5)
                    .training()
                    .withOptimizer(OptimizerConfig.of(UpdateRule.SGD).withLearningRate(1e6)));
    DivergenceException diverged = assertThrows(DivergenceException.class, () -> run(wild));
    assertEquals("kl", diverged.term());
  }

  @Test
  void aNetworkGivenInJavaTrainsExportsAndLoads() {
    CustomNetwork.Body body =
        (scope, input) -> {
          var flat =
              scope.tf().reshape(input, scope.tf().constant(new long[] {-1, size(input.shape())}));
          var y = Dense.apply(scope.child("in"), flat, 6, Activation.SWISH);
          var inner = Dense.apply(scope.child("block1"), y, 6, Activation.SWISH);
          return scope.tf().math.add(y, Dense.linear(scope.child("block2"), inner, 6));
        };
    RunConfig config =
        TinyRun.config(VAE.withNetwork(new CustomNetwork("residual", body, body)), 10);
    Path run = run(config);
    try (SavedModelVae vae = SavedModelVae.load(run);
        DataSplit data = TinyRun.data()) {
      Samples x = data.test().slice(0, 12);
      assertEquals(12, vae.reconstruct(x).rows());
      assertTrue(Float.isFinite(vae.score(x, 2, 1).logLikelihood()[0]));
      assertTrue(vae.manifest().model().get("network").toString().contains("residual"));
      Trainer.of(config.withTraining(config.training().withEpochs(11))).resume(run, data);
    }
    assertRefused(
        "a custom network is given in Java", () -> RunConfig.read(run.resolve("config.json")));
  }

  @Test
  void anOperationWithoutAGradient() {
    CustomNetwork network =
        new CustomNetwork(
            "digamma",
            (scope, x) -> scope.tf().math.digamma(dense(scope.child("a"), x)),
            (scope, z) -> z);
    assertRefused(
        "the loss cannot be differentiated",
        () -> run(TinyRun.config(VAE.withNetwork(network), 1)));
    assertFalse(Files.exists(folder.resolve("run")));
  }

  @Test
  void aWeightThatTheLossDoesNotDependOn() {
    CustomNetwork network =
        new CustomNetwork(
            "unused",
            (scope, x) -> {
              scope.weight("unused", Shape.of(2), Initializer.zeros());
              return dense(scope.child("a"), x);
            },
            (scope, z) -> z);
    assertRefused(
        "weight encoder.body.unused has no gradient",
        () -> run(TinyRun.config(VAE.withNetwork(network), 1)));
  }

  @Test
  void twoLayersUnderOneNameWithOtherShapes() {
    CustomNetwork network =
        new CustomNetwork(
            "twice",
            (scope, x) -> dense(scope.child("a"), dense(scope.child("a"), x)),
            (scope, z) -> z);
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> run(TinyRun.config(VAE.withNetwork(network), 1)));
    assertTrue(refused.getMessage().contains("encoder.body.a.kernel"), refused.getMessage());
  }

  private static Operand<TFloat32> dense(LayerScope scope, Operand<TFloat32> x) {
    var flat = scope.tf().reshape(x, scope.tf().constant(new long[] {-1, size(x.shape())}));
    return Dense.apply(scope, flat, 3, Activation.SOFTPLUS);
  }

  private static long size(Shape shape) {
    return Arrays.stream(shape.asArray()).skip(1).reduce(1, (a, b) -> a * b);
  }

  private Path run(RunConfig config) {
    return run(config, false);
  }

  private Path run(RunConfig config, boolean overwrite) {
    try (DataSplit data = TinyRun.data()) {
      Trainer.of(config).run(folder.resolve("run"), overwrite, data);
    }
    return folder.resolve("run");
  }

  private static void assertRefused(String part, Executable call) {
    VaeException refused = assertThrows(VaeException.class, call);
    assertTrue(refused.getMessage().contains(part), refused.getMessage());
    assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
  }
}
