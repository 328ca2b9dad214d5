package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.Json;
import org.vaetf.train.RunConfig;

/** Each bad input gets one line, and leaves nothing behind. */
class BadInputTest {
  private final Path model = TinyRuns.vae();

  @TempDir Path folder;

  private String place(String text) {
    return text.replace("$", folder.toString());
  }

  /** Runs words in which $ is the folder; expects one line in which $ is the folder. */
  private void refuses(int status, String line, String... words) throws IOException {
    List<Path> before = files();
    CommandLine result =
        CommandLine.run((Object[]) Stream.of(words).map(this::place).toArray(String[]::new));
    assertEquals(place("vae-tf: " + line), result.err().strip());
    assertEquals(status, result.status());
    assertEquals("", result.out());
    assertEquals(before, files());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted().toList();
    }
  }

  private void trainRefuses(String line, String data, String... more) throws IOException {
    String[] words =
        Stream.concat(
                Stream.of("train", "--data", data, "--out", "$/run", "--epochs", "1", "--quiet"),
                Stream.of(more))
            .toArray(String[]::new);
    refuses(Main.FAILED, line, words);
  }

  @Test
  void dataThatIsNotThere() throws IOException {
    trainRefuses(
        "$/none.npy: does not exist; expected mnist-10k, mnist, shapes, shapes:count=…,size=…, or"
            + " an existing file or folder; check the path",
        "$/none.npy");
  }

  @Test
  void tablesWithFaults() throws IOException {
    Files.writeString(folder.resolve("t.csv"), "a,b\n1,2\n3,4\n");
    CommandLine column =
        CommandLine.run("train", "--data", folder.resolve("t.csv"), "--label-column", "c");
    assertEquals(Main.FAILED, column.status());
    assertEquals(1, column.errLines().size());
    assertTrue(column.err().contains("a, b"), column.err());

    Files.writeString(folder.resolve("words.csv"), "a,b\n1,2\n3,four\n");
    CommandLine words = CommandLine.run("train", "--data", folder.resolve("words.csv"));
    assertEquals(Main.FAILED, words.status());
    assertTrue(words.err().contains("words.csv:3:"), words.err());
    assertEquals(1, words.errLines().size());
  }

  @Test
  void oneRowAndNone() throws IOException {
    Files.writeString(folder.resolve("one.csv"), "a,b\n1,2\n");
    trainRefuses(
        "$/one.csv: holds one row; expected at least two, one of them to test on; add rows or give"
            + " test data of its own",
        "$/one.csv");
  }

  @Test
  void aConfigurationWithFaults() throws IOException {
    String whole = Json.write(RunConfig.defaults());
    Path file = folder.resolve("c.json");
    Files.writeString(file, whole.replaceFirst("\\{", "{ \"colour\" : 1,"));
    CommandLine unknown = CommandLine.run("train", "--config", file);
    assertEquals(Main.FAILED, unknown.status());
    assertEquals(1, unknown.errLines().size());
    assertTrue(
        unknown
            .err()
            .contains(": unknown key 'colour'; expected one of: data, model, preset, training"),
        unknown.err());
    Files.writeString(file, whole.replace("\"latent\" : 20", "\"latent\" : 0"));
    CommandLine zero = CommandLine.run("train", "--config", file);
    assertEquals(Main.FAILED, zero.status());
    assertTrue(zero.err().contains("latent is 0; expected a whole number, 1 or more"), zero.err());
  }

  @Test
  void aRunFolderThatIsAFileOrCannotBe() throws IOException {
    Files.writeString(folder.resolve("file"), "");
    String[] words = {"train", "--data", TinyRuns.SHAPES, "--batch", "9", "--quiet", "--out", ""};
    words[7] = "$/file";
    refuses(
        Main.FAILED,
        "$/file: is a file; expected a folder for the run; choose another --out",
        words);
    words[7] = "$/file/run";
    CommandLine below =
        CommandLine.run((Object[]) Stream.of(words).map(this::place).toArray(String[]::new));
    assertEquals(Main.FAILED, below.status());
    assertEquals(1, below.errLines().size());
    assertTrue(below.err().contains("cannot be written"), below.err());
  }

  @Test
  void foreignFoldersAreNotOverwritten() throws IOException {
    Files.createDirectories(folder.resolve("home"));
    Files.writeString(folder.resolve("home/letter.txt"), "dear");
    refuses(
        Main.FAILED,
        "$/home: is no run folder (it has no config.json), so --overwrite does not delete it;"
            + " choose another --out",
        "train",
        "--data",
        TinyRuns.SHAPES,
        "--batch",
        "9",
        "--out",
        "$/home",
        "--overwrite");
  }

  @Test
  void resumingWhatIsNoRun() throws IOException {
    refuses(
        Main.FAILED,
        "$: is no run folder: it has no config.json; check the path, or train without --resume",
        "train",
        "--resume",
        "$");
  }

  @Test
  void modelsThatAreNone() throws IOException {
    refuses(
        Main.FAILED,
        "$/none: found nothing; expected a SavedModel, or a run folder with one in saved_model/;"
            + " check the path, or train first",
        "sample",
        "--model",
        "$/none");
    Files.createDirectories(folder.resolve("odd"));
    Files.writeString(folder.resolve("odd/saved_model.pb"), "");
    refuses(
        Main.FAILED,
        "$/odd: found no assets.extra/vae.json; expected the manifest of a model exported by"
            + " vae-tf",
        "info",
        "--model",
        "$/odd");
  }

  @Test
  void aModelOfAnotherContract() throws IOException {
    Path copy = folder.resolve("copy");
    Path original = model.resolve("saved_model");
    try (Stream<Path> files = Files.walk(original)) {
      for (Path file : files.toList()) {
        Files.copy(
            file,
            copy.resolve(original.relativize(file).toString()),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Path manifest = copy.resolve("assets.extra/vae.json");
    Files.writeString(
        manifest, Files.readString(manifest).replace("\"contract\" : 1,", "\"contract\" : 99,"));
    refuses(
        Main.FAILED,
        "$/copy: found contract version 99; expected version 1; export the model again, or use the"
            + " library version that wrote it",
        "encode",
        "--model",
        "$/copy");
  }

  @Test
  void rowsOfAnotherShape() throws IOException {
    refuses(
        Main.FAILED,
        "shapes:count=9,size=16: holds rows of shape [16, 16, 1]; expected [8, 8, 1], as the model"
            + " was fitted to; check --label-column, --resize and --channels",
        "encode",
        "--model",
        model.toString(),
        "--in",
        "shapes:count=9,size=16");
    Files.writeString(folder.resolve("z.csv"), "a,b,c\n1,2,3\n");
    refuses(
        Main.FAILED,
        "$/z.csv: holds rows of shape [3]; expected [2], the latent dimensions of the model, or"
            + " [4] as encode writes; name a column of labels with --label-column",
        "decode",
        "--model",
        model.toString(),
        "--in",
        "$/z.csv");
  }

  @Test
  void inputsThatExcludeEachOther() throws IOException {
    refuses(
        Main.USAGE,
        "--data does not apply: --in names the rows already; expected one",
        "encode",
        "--model",
        model.toString(),
        "--in",
        "shapes",
        "--data",
        "shapes");
  }

  @Test
  void outputsOfNoFormatOrOfNoImages() throws IOException {
    CommandLine ending =
        CommandLine.run("sample", "--model", model, "--out", folder.resolve("s.mat"));
    assertEquals(Main.USAGE, ending.status());
    assertTrue(ending.err().contains("s.mat is of no format that is written"), ending.err());
    CommandLine shape =
        CommandLine.run("encode", "--model", model, "--out", folder.resolve("z.png"));
    assertEquals(Main.USAGE, shape.status());
    assertTrue(shape.err().contains("row shape of a picture is [4]"), shape.err());
    assertEquals(List.of(folder), files());
  }

  @Test
  void dimensionsAndRowsThatAreNotThere() throws IOException {
    refuses(
        Main.USAGE,
        "--dimensions is 0,2; expected two numbers from 0 to 1, as this model has 2",
        "manifold",
        "--model",
        model.toString(),
        "--dimensions",
        "0,2");
    refuses(
        Main.FAILED,
        "--rows is 0,6; expected numbers from 0 to 5, as the input has 6 rows",
        "interpolate",
        "--model",
        model.toString(),
        "--rows",
        "0,6");
  }

  @Test
  void aGpuThatIsNotThere() throws IOException {
    CommandLine line = CommandLine.run("sample", "--model", model, "--device", "gpu:9");
    assertEquals(Main.FAILED, line.status());
    assertTrue(line.err().startsWith("vae-tf: device gpu:9 cannot be used: "), line.err());
    assertEquals(1, line.errLines().size());
  }
}
