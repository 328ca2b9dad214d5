package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vaetf.base.Json;
import org.vaetf.model.ModelConfig;
import org.vaetf.model.Presets;
import org.vaetf.testing.Readme;

/** What docs/configuration.md shows is so. */
class ConfigurationPageTest {
  private static final Path PAGE = Path.of("docs", "configuration.md");
  private static final String PROGRAM = "java -jar target/vae-tf.jar ";

  @Test
  void everyTrainingMovesItsPreset() {
    List<String> trainings =
        Readme.blocks(PAGE, "sh").stream()
            .flatMap(String::lines)
            .filter(line -> line.startsWith(PROGRAM + "train "))
            .toList();
    assertEquals(3, trainings.size(), trainings.toString());
    for (String line : trainings) {
      List<String> words = List.of(line.substring((PROGRAM + "train ").length()).split(" ", -1));
      Arguments arguments = Arguments.parse(new TrainCommand(), words);
      ModelConfig preset = Presets.of(arguments.text(CliOption.PRESET).orElse("vae")).model();
      assertNotEquals(preset, ModelSettings.apply(preset, arguments), line);
    }
  }

  @Test
  void theListingIsAPartOfWhatModelsPrints() throws Exception {
    List<String> shown =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.startsWith("    "))
            .map(ConfigurationPageTest::words)
            .toList();
    assertEquals(3, shown.size(), shown.toString());
    List<String> printed =
        CommandLine.done("models", "--axes").outLines().stream()
            .map(ConfigurationPageTest::words)
            .toList();
    assertTrue(printed.containsAll(shown), shown + " in " + printed);
  }

  /** A line without its columns, which are as wide as the longest kind's name. */
  private static String words(String line) {
    return line.strip().replaceAll(" +", " ");
  }

  @Test
  void theJsonIsAModel() {
    List<String> blocks = Readme.blocks(PAGE, "json");
    assertEquals(1, blocks.size());
    ModelConfig model = Json.read(PAGE, blocks.get(0), ModelConfig.class);
    assertEquals(10, model.latent());
    assertEquals(ModelConfig.defaults().network(), model.network());
  }

  @Test
  void theTableOfShortOptionsIsComplete() throws Exception {
    String page = Files.readString(PAGE);
    for (CliOption option : CliOption.all()) {
      option
          .key()
          .ifPresent(
              key ->
                  assertTrue(
                      page.contains(option.flag())
                          && (page.contains("`" + key + "`") || key.endsWith(".kind")),
                      option.flag() + " " + key));
    }
  }
}
