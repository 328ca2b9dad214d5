package org.vaetf.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.Samples;
import org.vaetf.cli.Main;
import org.vaetf.data.Batch;
import org.vaetf.data.DataSplit;
import org.vaetf.data.Mnist10k;
import org.vaetf.export.SavedModelVae;
import org.vaetf.model.Presets;

/**
 * Every preset trains for two epochs on the digits inside the jar, from the command line, and
 * computes in Python what it does in Java.
 */
class PresetsIT {
  private static final int ROWS = 3;

  @TempDir Path folder;

  @Test
  void eachTrainsExportsAndSamplesInPython() throws Exception {
    Python.require();
    List<String> models = new ArrayList<>(List.of("tools/interop/check_export.py"));
    for (Presets.Preset preset : Presets.all()) {
      Path run = folder.resolve(preset.name());
      train(preset.name(), run);
      Path cases = folder.resolve(preset.name() + ".json");
      casesOf(run).writeTo(cases);
      models.addAll(List.of(run.resolve("saved_model").toString(), cases.toString()));
    }
    assertTrue(models.size() > 2 * 20, "presets: " + models);
    Python.run(folder, models.toArray(String[]::new));
  }

  /** Small networks: what is tried is that it works, not how well. */
  private static void train(String preset, Path run) {
    List<String> words =
        new ArrayList<>(
            List.of("train", "--preset", preset, "--data", "mnist-10k", "--epochs", "2"));
    words.addAll(List.of("--hidden", "16", "--latent", "4", "--batch", "250", "--seed", "1"));
    words.addAll(List.of("--quiet", "--out", run.toString()));
    smaller(preset).forEach((key, value) -> words.addAll(List.of("--set", key + "=" + value)));
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
    int status = Main.run(words.toArray(String[]::new), out, out);
    assertEquals(0, status, () -> preset + ": " + told.toString(StandardCharsets.UTF_8));
  }

  private static Map<String, String> smaller(String preset) {
    return switch (preset) {
      case "factor-vae" -> Map.of("objective.hidden", "32,32");
      case "miwae", "piwae" -> Map.of("objective.draws", "2", "objective.groups", "3");
      case "ciwae" -> Map.of("objective.draws", "6");
      case "vamp" -> Map.of("prior.pseudoInputs", "20");
      default -> Map.of();
    };
  }

  private static Cases casesOf(Path run) {
    Cases cases = new Cases();
    try (DataSplit digits = Mnist10k.open();
        SavedModelVae vae = SavedModelVae.load(run)) {
      float[] values = digits.test().slice(0, ROWS).values();
      vae.manifest().data().scaling().apply(values);
      Batch rows =
          new Batch(
              new Samples(vae.shape(), values),
              digits.test().labels().map(all -> Arrays.copyOf(all, ROWS)));
      PythonInteropIT.addScaled(
          cases,
          vae.scaled(),
          vae.isConditional() ? rows : new Batch(rows.samples(), Optional.empty()));
      assertTrue(Double.isFinite(vae.manifest().metrics().get("loss")));
    }
    return cases;
  }
}
