package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.vaetf.base.Json;
import org.vaetf.model.ModelConfig;
import org.vaetf.model.Presets;
import org.vaetf.testing.Readme;
import org.vaetf.train.UpdateRule;

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
            .filter(line -> !line.contains(CliOption.OPTIMIZER.flag()))
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
  void everyRuleHasTheConstantsInTheTable() throws Exception {
    Map<String, String> shown = new LinkedHashMap<>();
    Pattern row = Pattern.compile("\\| (`[a-z`, ]+) \\| `([a-z0-9=. e-]+)` \\|");
    for (String line : Files.readAllLines(PAGE)) {
      Matcher found = row.matcher(line);
      if (found.matches()) {
        for (String rule : found.group(1).replace("`", "").split(", ", -1)) {
          shown.put(rule, found.group(2));
        }
      }
    }
    for (UpdateRule rule : UpdateRule.values()) {
      Map<String, Double> constants = new LinkedHashMap<>();
      for (String each : shown.getOrDefault(rule.label(), "").split(" ", -1)) {
        if (!each.isEmpty()) {
          String[] sides = each.split("=", 2);
          constants.put(sides[0], Double.valueOf(sides[1]));
        }
      }
      assertEquals(rule.defaultConstants(), constants, rule.label());
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
