package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaetf.base.Json;
import org.vaetf.testing.FileSizeLimit;
import org.vaetf.testing.OneLine;
import org.vaetf.zoo.Zoo;
import org.vaetf.zoo.ZooModel;

class ZooCommandTest {
  private static final String NAMES =
      String.join(", ", Zoo.models().stream().map(ZooModel::name).toList());

  @TempDir Path folder;

  @Test
  void listsAllOnALineEach() {
    List<String> lines = CommandLine.done("zoo").outLines();
    assertTrue(lines.get(0).matches("name +preset +data +latent +MB +what it is"), lines.get(0));
    List<ZooModel> models = Zoo.models();
    for (int i = 0; i < models.size(); i++) {
      assertTrue(lines.get(i + 1).startsWith(models.get(i).name() + " "), lines.get(i + 1));
      assertTrue(lines.get(i + 1).endsWith("  " + models.get(i).title()), lines.get(i + 1));
    }
  }

  @Test
  void tellsProgramsAll() {
    String all = "{\"models\":" + CommandLine.done("zoo", "--json").out() + "}";
    List<?> models = (List<?>) Json.read("output", all, Map.class).get("models");
    assertEquals(Zoo.models().size(), models.size());
    assertEquals(
        Zoo.of("mnist-conv"),
        Json.read("output", CommandLine.done("zoo", "mnist-conv", "--json").out(), ZooModel.class));
  }

  @Test
  void showsACard() {
    assertEquals(Zoo.card("mnist-2d"), CommandLine.done("zoo", "mnist-2d").out());
  }

  @Test
  void copiesAModelThatOtherCommandsTake() {
    Path copy = folder.resolve("copy");
    assertEquals(
        "written to " + copy + "\n", CommandLine.done("zoo", "mnist-2d", "--out", copy).out());
    String direct = sampled("zoo:mnist-2d");
    assertEquals(direct, sampled(copy.toString()));
    assertEquals(3, direct.lines().count());
    CommandLine again = CommandLine.run("zoo", "mnist-2d", "--out", copy);
    assertEquals(Main.FAILED, again.status());
    assertTrue(again.err().startsWith("vae-tf: " + copy + ": exists already"), again.err());
  }

  private static String sampled(String model) {
    return CommandLine.done("sample", "--model", model, "--count", 2, "--seed", 3, "--quiet").out();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no limit on the size of a file")
  @SuppressWarnings("try") // The limit is held, not used.
  void aFullDiskLeavesNothing() throws Exception {
    Path copy = folder.resolve("copy");
    CommandLine result;
    try (FileSizeLimit limit = FileSizeLimit.of(20)) {
      result = CommandLine.run("zoo", "mnist-2d", "--out", copy);
    }
    assertEquals(
        new CommandLine(
            Main.FAILED,
            "",
            "vae-tf: "
                + copy
                + ": cannot be written (File too large); make room there or choose another place\n"),
        result);
    assertEquals(0, folder.toFile().list().length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          zoo mnist2d | NAME is 'mnist2d'; did you mean mnist-2d? expected one of: $
          zoo lion | NAME is 'lion'; expected one of: $
          zoo mnist-2d mnist-conv | unexpected 'mnist-conv'; expected one NAME, as in: java -jar vae-tf.jar zoo mnist-2d --out models/mnist-2d
          zoo --out x | --out does not apply: no NAME says which model to copy; expected one, as in: java -jar vae-tf.jar zoo mnist-2d --out models/mnist-2d
          sample --model zoo:mnist-convs | --model is 'zoo:mnist-convs'; did you mean zoo:mnist-conv? expected one of: zoo:…
          info zoo:lion | --model is 'zoo:lion'; expected one of: zoo:…
          fit-sampler --model zoo:mnist-2d --kind prior | --out is missing: a model of the zoo stays as it is; expected where the result goes; its ending names the format
          """)
  void wrongUsageIsOneLineAndStatus2(String words, String line) {
    CommandLine wrong = CommandLine.run((Object[]) words.split(" ", -1));
    OneLine.assertBegins("vae-tf: " + line.replace("$", NAMES), wrong.err().strip());
    assertEquals("", wrong.out());
    assertEquals(Main.USAGE, wrong.status());
  }

  @Test
  void aModelOfTheZooIsAnOperandToo() {
    assertTrue(CommandLine.done("info", "zoo:mnist-2d").out().contains("\"latent\" : 2"));
    assertEquals(Set.of(), Set.of(folder.toFile().list()));
    assertTrue(Files.isDirectory(Zoo.folder("mnist-2d")));
  }
}
