package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.base.Json;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.ImageGrid;
import org.vaetf.export.SavedModelVae;
import org.vaetf.spark.LocalSpark;
import org.vaetf.testing.OneLine;
import org.vaetf.testing.Pages;

/**
 * The jobs as commands: options, messages, status; and the same numbers as those of one machine.
 */
@Tag("slow")
class SparkMainTest {
  @TempDir Path folder;

  private static CommandLine run(Object... words) {
    return CommandLine.of(SparkMain::run, words);
  }

  static List<String> commands() {
    return SparkMain.COMMANDS.stream().map(Command::name).toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHelpsAndItsExampleParses(String name) {
    Command command = Commands.of(SparkMain.COMMANDS, name);
    CommandLine help = run(name, "--help");
    assertEquals(Main.DONE, help.status());
    assertTrue(help.out().startsWith("usage: " + SparkMain.LAUNCHER + " " + name), help.out());
    Arguments.optionsOf(command)
        .forEach(
            option -> assertTrue(help.out().contains("  " + option.usage() + " "), option::flag));
    help.out()
        .lines()
        .filter(line -> !line.contains(SparkMain.LAUNCHER))
        .forEach(line -> assertTrue(line.length() <= 110, line));
    String words = command.example().substring(SparkMain.LAUNCHER.length() + 1);
    List<String> example = List.of(words.split(" ", -1));
    assertEquals(name, example.get(0));
    Arguments.parse(command, example.subList(1, example.size()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fit | vae-tf: unknown command 'fit'; expected one of: encode, decode, reconstruct, score, sample, train
          train --data x | vae-tf: --out is missing; expected where the result goes; its ending names the format
          train --out x --overwrite --resume | vae-tf: --resume and --overwrite exclude each other; expected one: go on, or begin anew
          train --out x --resume y | vae-tf: --out does not apply: --resume y goes on in that folder
          train --resume | vae-tf: --resume names no run; expected --resume RUN
          train --out x --data x --in-format orc | vae-tf: --in-format is 'orc'; expected one of: parquet, csv, images
          train --out x --data x --shape 3x4 | vae-tf: --shape is '3x4'; expected sizes with commas, as 28,28,1
          train --out x --data x --processes 0 | vae-tf: --processes is 0; expected a whole number, 1 or more
          encode | vae-tf: --in is missing; expected rows to work on: a file, a folder, or a named set's training part
          encode --in x | vae-tf: --out is missing; expected where the result goes; its ending names the format
          encode --in x --out y | vae-tf: --model is missing; expected a run folder, a SavedModel, or zoo:NAME
          encode --in x --out y --in-format orc | vae-tf: --in-format is 'orc'; expected one of: parquet, csv, images
          decode --in x --out y --in-format images | vae-tf: --in-format is 'images'; expected one of: parquet, csv
          encode --in x --out y --format images | vae-tf: --format is 'images'; expected one of: parquet, csv
          encode --in x --out y --resize 8x8 | vae-tf: --resize does not apply: the input is no folder of images
          encode --in x --out y --header present | vae-tf: --header does not apply: the input is no CSV file
          encode --in x --out y --in-format images --column a | vae-tf: --column does not apply: the input is a folder of images
          encode --in x --out y --batch 0 | vae-tf: --batch is 0; expected a whole number, 1 or more
          encode --in x --out y --partitions 0 | vae-tf: --partitions is 0; expected a whole number, 1 or more
          encode --seed 3 | vae-tf: --seed is no option of encode; …
          score --in x --out y --samples 0 | vae-tf: --samples is 0; expected a whole number, 1 or more
          sample --model x --out y --count 0 | vae-tf: --count is 0; expected a whole number, 1 or more
          """)
  void wrongUsageIsOneLineAndStatus2(String words, String line) {
    CommandLine wrong = run((Object[]) words.split(" ", -1));
    OneLine.assertBegins(line, wrong.err().strip());
    assertEquals(Main.USAGE, wrong.status());
  }

  /** What the page shows. */
  static List<String> documented() {
    return Pages.lines(Path.of("docs/spark.md"))
        .filter(line -> line.startsWith("spark-submit ") && line.contains(" target/vae-tf.jar "))
        .map(line -> line.replaceFirst(".* target/vae-tf\\.jar ", ""))
        .toList();
  }

  @Test
  void thePageShowsEveryCommand() {
    assertEquals(
        commands().stream().sorted().toList(),
        documented().stream().map(line -> line.split(" ", -1)[0]).distinct().sorted().toList());
  }

  @ParameterizedTest
  @MethodSource("documented")
  void everyDocumentedCommandParses(String line) {
    List<String> words = Arrays.stream(line.split(" +")).toList();
    Arguments.parse(Commands.of(SparkMain.COMMANDS, words.get(0)), words.subList(1, words.size()));
  }

  @Test
  void jobsGiveTheNumbersOfTheCommandsOnOneMachine() throws Exception {
    LocalSpark.session();
    Path model = TinyRuns.vae();
    Path rows = folder.resolve("rows.csv");
    CommandLine.done(
        "sample", "--model", model, "--count", 40, "--seed", 3, "--out", rows, "--quiet");
    for (String command : List.of("encode", "reconstruct", "score")) {
      String[] draws =
          command.equals("score") ? new String[] {"--samples", "3", "--seed", "5"} : new String[0];
      same(command, model, rows, draws);
    }
    Path codes = folder.resolve("codes.csv");
    CommandLine.done("encode", "--model", model, "--in", rows, "--out", codes, "--quiet");
    same("decode", model, codes);
    Path out = folder.resolve("sampled.csv");
    CommandLine sampled =
        run(
            "sample",
            "--model",
            model,
            "--count",
            40,
            "--seed",
            3,
            "--out",
            out,
            "--partitions",
            1);
    assertEquals(Main.DONE, sampled.status(), sampled.err());
    assertEquals(1, SparkNumbers.parts(out).size());
    SparkNumbers.assertSame(rows, out);
    CommandLine again = run("sample", "--model", model, "--out", out);
    assertEquals(Main.FAILED, again.status());
    OneLine.assertBegins("vae-tf: " + out + ": is there already; …", again.err().strip());
    CommandLine labelled =
        run("encode", "--model", model, "--in", rows, "--out", folder.resolve("no"), "--label", 1);
    assertEquals("vae-tf: --label does not apply: this model is not conditional\n", labelled.err());
    assertEquals(Main.USAGE, labelled.status());
    CommandLine none =
        run("encode", "--model", folder, "--in", rows, "--out", folder.resolve("no"));
    assertTrue(none.err().contains("a folder without saved_model.pb"), none.err());
    assertEquals(Main.FAILED, none.status());
  }

  @Test
  void oneProcessTrainsAsTheCommandOnOneMachineDoes() throws Exception {
    LocalSpark.session();
    Path rows = folder.resolve("rows.csv");
    CommandLine.done(
        "sample", "--model", TinyRuns.vae(), "--count", 60, "--seed", 3, "--out", rows, "--quiet");
    String settings =
        "--data " + rows + " --scaling unit --latent 2 --hidden 5 --epochs 2 --batch 16 --seed 4";
    Path here = folder.resolve("here");
    Path there = folder.resolve("there");
    CommandLine plain = CommandLine.done(words("train", settings, "--out", here, "--no-events"));
    CommandLine trained = run(words("train", settings, "--out", there, "--json"));
    assertEquals(Main.DONE, trained.status(), trained.err());
    assertEquals(epochLines(plain), epochLines(trained));
    assertEquals(2, trained.errLines().size(), trained.err());
    Map<?, ?> outcome = Json.read("output", trained.out(), Map.class);
    assertEquals(2, outcome.get("epochs"));
    assertEquals(there.toString(), outcome.get("run"));
    assertEquals(weights(here), weights(there));

    CommandLine again = run(words("train", "--resume", there, "--epochs", 3));
    assertEquals(Main.DONE, again.status(), again.err());
    assertTrue(again.out().startsWith("finished after 3 epochs ("), again.out());
    CommandLine taken = run(words("train", settings, "--out", there));
    assertEquals(Main.FAILED, taken.status());
    assertEquals(1, taken.errLines().size(), taken.err());
  }

  /** All but times and rates. */
  private static List<String> epochLines(CommandLine command) {
    return command.errLines().stream()
        .filter(line -> line.contains(" nats (train|test)"))
        .map(line -> line.replaceFirst("^[-\\d]{10} [:\\d]{8} ", ""))
        .map(line -> line.replaceFirst("\\(train\\|test\\)  .* s(, \\d+ rows/s)?", ""))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"vae", "cvae"})
  void imagesAreLearnedAsOnOneMachine(String preset) throws Exception {
    LocalSpark.session();
    Path images = folder.resolve("images");
    SplittableRandom random = new SplittableRandom(5);
    for (int row = 0; row < 40; row++) {
      float[] values = new float[64 * 64];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextInt(256);
      }
      Path file = images.resolve("class-" + row % 3).resolve(row + ".png");
      Files.createDirectories(file.getParent());
      ImageGrid.of(1).write(file, new Samples(RowShape.image(64, 64, 1), values));
    }
    String settings =
        "--data " + images + " --preset " + preset + " --latent 2 --hidden 5 --epochs 2 --batch 16";
    Path here = folder.resolve("here");
    CommandLine.done(words("train", settings, "--out", here, "--quiet", "--no-events"));
    Path there = folder.resolve("there");
    CommandLine trained =
        run(words("train", settings, "--in-format", "images", "--out", there, "--json"));
    assertEquals(Main.DONE, trained.status(), trained.err());
    assertEquals(weights(here), weights(there));

    Path two = folder.resolve("two");
    CommandLine smaller =
        run(words("train " + settings, "--in-format images --resize 4x4 --processes 2 --out", two));
    assertEquals(Main.DONE, smaller.status(), smaller.err());
    try (SavedModelVae vae = SavedModelVae.load(two)) {
      assertEquals(RowShape.image(4, 4, 1), vae.shape());
      assertEquals(preset.equals("cvae"), vae.isConditional());
      if (vae.isConditional()) {
        assertEquals(2, vae.classes().label("class-2"));
      }
    }
    CommandLine shaped =
        run(
            words(
                "train", settings, "--in-format images --shape 4096 --out", folder.resolve("no")));
    assertEquals(
        "vae-tf: shape is [4096]; expected [64, 64, 1], as the first image has\n", shaped.err());
    CommandLine mixed =
        run(words("train", settings, "--in-format images --column a --out", folder.resolve("no")));
    assertEquals("vae-tf: --column does not apply: the input is a folder of images\n", mixed.err());
  }

  private static Object[] words(String command, Object... more) {
    return Stream.concat(Stream.of(command), Arrays.stream(more))
        .flatMap(word -> Arrays.stream(word.toString().split(" ", -1)))
        .toArray();
  }

  /** What the sums of the newest checkpoint's files say. */
  private static String weights(Path run) throws IOException {
    try (Stream<Path> checkpoints = Files.list(run.resolve("checkpoints"))) {
      Path newest = checkpoints.max(Comparator.naturalOrder()).orElseThrow();
      return newest.getFileName() + "\n" + Files.readString(newest.resolve("SHA256SUMS"));
    }
  }

  private void same(String command, Path model, Path in, String... options) throws Exception {
    Path expected = folder.resolve(command + "-one.csv");
    Path found = folder.resolve(command + "-spark.csv");
    Object[] plain = {command, "--model", model, "--in", in, "--out", expected, "--quiet"};
    CommandLine.done(words(plain, options));
    Object[] job = {command, "--model", model, "--in", in, "--out", found, "--json"};
    CommandLine done = run(words(job, options));
    assertEquals(Main.DONE, done.status(), done.err());
    assertEquals(1, done.errLines().size(), done.err());
    assertTrue(done.err().startsWith(command + ": 40 rows in, 40 rows out, 1 batches"), done.err());
    Map<?, ?> metrics = Json.read("output", done.out(), Map.class);
    assertEquals(40, metrics.get("rowsIn"));
    assertEquals(40, metrics.get("rowsOut"));
    assertEquals(1, SparkNumbers.parts(found).size());
    SparkNumbers.assertSame(expected, found);
  }

  private static Object[] words(Object[] first, String[] more) {
    Object[] all = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }
}
