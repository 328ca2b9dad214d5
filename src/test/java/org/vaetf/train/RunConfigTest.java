package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.DataException;
import org.vaetf.base.Json;
import org.vaetf.model.Elbo;
import org.vaetf.model.ModelConfig;
import org.vaetf.model.Presets;
import org.vaetf.network.CustomNetwork;
import org.vaetf.testing.OneLine;

/** Configurations that leave keys out, as somebody's own or as an earlier version's. */
class RunConfigTest {
  private static final String REST =
      ", \"data\": "
          + Json.write(DataConfig.defaults())
          + ", \"training\": "
          + Json.write(TrainingConfig.defaults())
          + "}";

  @TempDir Path folder;

  private RunConfig read(String beginning) throws IOException {
    return RunConfig.read(Files.writeString(folder.resolve("c.json"), beginning + REST));
  }

  @Test
  void everyPresetComesBackAsItWas() throws IOException {
    for (Presets.Preset preset : Presets.all()) {
      RunConfig config = RunConfig.of(preset.name());
      assertEquals(
          config, RunConfig.read(Files.writeString(folder.resolve("c.json"), Json.write(config))));
    }
  }

  @Test
  void whatTheModelLeavesOutIsAsInItsPreset() throws IOException {
    for (Presets.Preset preset : Presets.all()) {
      assertEquals(
          preset.model().withLatent(7),
          read("{\"preset\": \"" + preset.name() + "\", \"model\": {\"latent\": 7}").model());
    }
    assertEquals(ModelConfig.defaults(), read("{\"preset\": \"my-own\", \"model\": {}").model());
  }

  @Test
  void theValueOfAnAxisStandsForItself() throws IOException {
    assertEquals(
        Elbo.defaults().withWarmUpEpochs(5),
        read("{\"model\": {\"objective\": {\"kind\": \"elbo\", \"warmUpEpochs\": 5}},"
                + " \"preset\": \"beta-vae\"")
            .model()
            .objective());
  }

  @Test
  void theRestIsNeeded() {
    OneLine.ofData(() -> read("{\"preset\": \"vae\""), "model is missing");
    DataException unknown =
        assertThrows(
            DataException.class,
            () -> read("{\"preset\": \"vae\",\n \"model\": {\"prior\": {\"kind\": \"x\"}}"));
    OneLine.assertBegins(
        folder.resolve("c.json") + ":2:30: unknown kind 'x'; expected one of: standard-normal…",
        unknown.getMessage());
  }

  @Test
  void aRunGoesOnThatBeganBeforeAKeyWasThere() throws IOException {
    RunConfig config = RunConfig.of("beta-vae");
    String text = Json.write(config);
    String older = text.replaceFirst(",\\s*\"freeBits\" : 0.0", "");
    RunFolder run = run(older);
    RunChanges.check(run, config);
    refused(
        "model.objective.freeBits was 0.0 and is now 2.0",
        run,
        config.withModel(
            config.model().withObjective(Elbo.defaults().withBeta(4).withFreeBits(2))));

    RunFolder withoutPrior =
        run(text.replaceFirst("\"prior\" : \\{\\s*\"kind\" : \"standard-normal\"\\s*},", ""));
    RunChanges.check(withoutPrior, config);
  }

  @Test
  void aNetworkGivenInJavaIsComparedByItsName() throws IOException {
    RunConfig mine = withNetwork("mine");
    String older = Json.write(mine).replaceFirst(",\\s*\"freeBits\" : 0.0", "");
    RunFolder run = run(older);
    RunChanges.check(run, mine);
    refused("model.network.name was mine and is now other", run, withNetwork("other"));
    refused("model.network.activation was null and is now swish", run, RunConfig.of("vae"));
    refused("model.latent was 20 and is now 3", run, mine.withModel(mine.model().withLatent(3)));
    refused("model.network.activation was swish and is now null", run(text("vae")), mine);
  }

  private static String text(String preset) {
    return Json.write(RunConfig.of(preset));
  }

  private static RunConfig withNetwork(String name) {
    CustomNetwork.Body same = (scope, input) -> input;
    return RunConfig.of("vae")
        .withModel(ModelConfig.defaults().withNetwork(new CustomNetwork(name, same, same)));
  }

  private RunFolder run(String config) throws IOException {
    Path run = Files.createTempDirectory(folder, "run");
    Files.writeString(run.resolve("config.json"), config);
    return RunFolder.existing(run);
  }

  private static void refused(String what, RunFolder run, RunConfig config) {
    OneLine.of(() -> RunChanges.check(run, config), "cannot be resumed: " + what);
  }
}
