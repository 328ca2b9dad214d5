package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.Json;
import org.vaetf.likelihood.Gaussian;
import org.vaetf.likelihood.Spread;
import org.vaetf.model.Elbo;
import org.vaetf.model.ModelConfig;
import org.vaetf.network.DenseNetwork;
import org.vaetf.nn.Activation;
import org.vaetf.testing.RunFiles;
import org.vaetf.train.RunConfig;

class TrainCommandTest {
  private static final String DATA = "shapes:count=40,size=8";

  @TempDir Path folder;

  private CommandLine train(Object... words) {
    Object[] all =
        Stream.concat(
                Stream.of("train", "--data", DATA, "--latent", 2, "--hidden", 4, "--batch", 12),
                Stream.of(words))
            .toArray();
    return CommandLine.run(all);
  }

  @Test
  void runsThatBeginInOneSecondHaveTheirOwnFolders() {
    Path runs = folder.resolve("runs");
    for (String name : List.of("a", "a-2", "a-3")) {
      assertEquals(runs.resolve(name), TrainCommand.newFolder(runs, "a"));
      assertTrue(Files.isDirectory(runs.resolve(name)));
    }
  }

  @Test
  void aRunLeavesItsFolderAndSaysWhereThingsAre() {
    Path run = folder.resolve("run");
    CommandLine line = train("--epochs", 2, "--out", run);
    assertEquals(Main.DONE, line.status(), line.err());
    for (String part :
        List.of(
            "config.json",
            "metrics.csv",
            "checkpoints",
            "saved_model/saved_model.pb",
            "plots/samples.png",
            "plots/reconstructions.png",
            "plots/manifold.png")) {
      assertTrue(Files.exists(run.resolve(part)), part);
    }
    assertTrue(line.out().startsWith("finished after 2 epochs (6 steps, "), line.out());
    assertTrue(line.out().contains(run.resolve("saved_model").toString()), line.out());
    assertTrue(
        line.out().contains("\n  java -jar vae-tf.jar sample --model " + run + " --count 64 --out"),
        line.out());
    assertTrue(
        line.errLines()
            .get(0)
            .startsWith("training vae on " + DATA + ": 36 rows to learn from, 4 to test on; "),
        line.err());
    assertTrue(line.errLines().get(1).startsWith("grey Bernoulli: "), line.err());
    assertTrue(
        line.errLines()
            .get(2)
            .matches(
                "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d  epoch 1/2, step 3  loss [\\d.]+\\|[\\d.]+  reconstruction error \\S+  kl \\S+ nats"
                    + " \\(train\\|test\\)  [\\d.]+ s, \\d+ rows/s  best"),
        line.err());
    assertEquals(4, line.errLines().size(), line.err());
  }

  @Test
  void jsonIsOneObjectAndQuietSaysNothingElse() {
    Path run = folder.resolve("run");
    CommandLine line = train("--epochs", 1, "--out", run, "--json", "--quiet");
    assertEquals("", line.err());
    Map<?, ?> result = Json.read("output", line.out(), Map.class);
    assertEquals("finished", result.get("stopped"));
    assertEquals(1, result.get("best_epoch"));
    assertEquals(run.resolve("saved_model").toString(), result.get("saved_model"));
    assertTrue(((Map<?, ?>) result.get("best_test_nats")).containsKey("negative_elbo"));
  }

  @Test
  void eventsAreWrittenUnlessNobodyWantsThem() {
    Path run = folder.resolve("run");
    train("--epochs", 1, "--out", run, "--quiet");
    Path test = run.resolve("events").resolve("test");
    assertTrue(Files.isRegularFile(test.resolve("projector_config.pbtxt")));
    assertTrue(
        RunFiles.names(test).stream().anyMatch(name -> name.startsWith("events.out.tfevents.")));
    Path other = folder.resolve("other");
    train("--epochs", 1, "--out", other, "--quiet", "--no-events");
    assertFalse(Files.exists(other.resolve("events")));
    RunFiles.assertSame(run, other);
  }

  @Test
  void optionsOverrideAConfigurationAndAPresetOnlyWhereNamed() throws IOException {
    Path config = folder.resolve("config.json");
    RunConfig base = RunConfig.of("beta-vae");
    Files.writeString(
        config,
        Json.write(base.withModel(base.model().withObjective(Elbo.defaults().withBeta(9)))));
    Path run = folder.resolve("run");
    train("--config", config, "--epochs", 1, "--free-bits", 0.5, "--out", run, "--quiet");
    RunConfig used = RunConfig.read(run.resolve("config.json"));
    assertEquals("beta-vae", used.preset());
    assertEquals(Elbo.defaults().withBeta(9).withFreeBits(0.5), used.model().objective());
    assertEquals(1, used.training().epochs());
    assertEquals(DATA, used.data().rows().data());

    Path other = folder.resolve("other");
    train("--config", config, "--preset", "vae", "--epochs", 1, "--out", other, "--quiet");
    assertEquals(Elbo.defaults(), RunConfig.read(other.resolve("config.json")).model().objective());
  }

  @Test
  void aShortConfigurationAndSetKeysMakeAWholeOne() throws IOException {
    String rest =
        Json.write(RunConfig.defaults()).replaceFirst("(?s).*(\"data\" : \\{\\s*\"rows\")", "$1");
    Path config =
        Files.writeString(
            folder.resolve("config.json"),
            "{\"preset\": \"vae\", \"model\": {\"objective\": {\"kind\": \"elbo\", \"beta\": 3},"
                + " \"network\": {\"kind\": \"dense\"}},"
                + rest);
    Path run = folder.resolve("run");
    CommandLine line =
        train(
            "--config",
            config,
            "--set",
            "likelihood.variance=learned",
            "--set",
            "objective.freeBits=0.5",
            "--likelihood",
            "gaussian",
            "--epochs",
            1,
            "--out",
            run);
    assertEquals(Main.DONE, line.status(), line.err());
    RunConfig used = RunConfig.read(run.resolve("config.json"));
    assertEquals(
        ModelConfig.defaults()
            .withLatent(2)
            .withNetwork(new DenseNetwork(List.of(4), Activation.SWISH))
            .withLikelihood(new Gaussian(Spread.LEARNED, 1))
            .withObjective(Elbo.defaults().withBeta(3).withFreeBits(0.5)),
        used.model());
    assertEquals(Json.write(used) + "\n", Files.readString(run.resolve("config.json")));
  }

  @Test
  void aRunGoesOnToTheSameWeightsAsOneThatWasNeverStopped() {
    Path twice = folder.resolve("twice");
    Path once = folder.resolve("once");
    train("--epochs", 1, "--out", twice, "--threads", 1);
    CommandLine line = CommandLine.run("train", "--resume", twice, "--epochs", 2);
    assertEquals(Main.DONE, line.status(), line.err());
    assertEquals("going on after epoch 1", line.errLines().get(2));
    train("--epochs", 2, "--out", once, "--threads", 1);
    assertEquals(
        CommandLine.done("sample", "--model", once).out(),
        CommandLine.done("sample", "--model", twice).out());
  }

  @Test
  void aRunGoesOnAsWhatItWasOnly() {
    Path run = folder.resolve("run");
    train("--epochs", 1, "--out", run);
    CommandLine line = CommandLine.run("train", "--resume", run, "--latent", 3);
    assertEquals(Main.FAILED, line.status());
    assertEquals(
        "vae-tf: "
            + run
            + ": cannot be resumed: model.latent was 2 and is now 3; only epochs, patience,"
            + " checkpointEvery, keepCheckpoints, precision, device and threads may change",
        line.err().strip());
  }

  @Test
  void aFolderThatExistsIsRefusedWithoutOverwrite() {
    Path run = folder.resolve("run");
    train("--epochs", 1, "--out", run);
    CommandLine again = train("--epochs", 1, "--out", run, "--quiet");
    assertEquals(Main.FAILED, again.status());
    assertEquals(
        "vae-tf: "
            + run
            + ": exists already; choose another --out, or give --overwrite to begin anew, or"
            + " --resume to go on",
        again.err().strip());
    assertEquals(
        Main.DONE, train("--epochs", 1, "--out", run, "--overwrite", "--seed", 3).status());
    assertEquals(3, RunConfig.read(run.resolve("config.json")).training().seed());
  }

  @Test
  void aRunThatCannotBeginLeavesNothing() throws IOException {
    Path run = folder.resolve("run");
    CommandLine line = train("--epochs", 1, "--batch", 12, "--out", run, "--metric", "loss2");
    assertEquals(Main.USAGE, line.status());
    CommandLine large =
        CommandLine.run("train", "--data", DATA, "--batch", 37, "--out", run, "--quiet");
    assertEquals(Main.USAGE, large.status());
    assertEquals(
        "vae-tf: --batch is 37; expected at most 36, the number of rows to train on",
        large.err().strip());
    Path table = Files.writeString(folder.resolve("t.csv"), "a,b\n1,2\n3,4\n5,6\n");
    CommandLine support = CommandLine.run("train", "--data", table, "--batch", 1, "--out", run);
    assertEquals(Main.FAILED, support.status());
    assertTrue(support.err().contains("inside [0, 1] for the Bernoulli likelihood"));
    CommandLine flat =
        CommandLine.run(
            "train",
            "--data",
            table,
            "--likelihood",
            "gaussian",
            "--out",
            run,
            "--network",
            "convolutional");
    assertEquals(Main.FAILED, flat.status());
    assertTrue(flat.err().contains("is [2]; expected [height, width, channels]"), flat.err());
    assertFalse(Files.exists(run));
  }

  @Test
  void fewRowsAreOneBatch() throws IOException {
    Path table = Files.writeString(folder.resolve("t.csv"), "a,b\n1,2\n3,4\n5,6\n7,0\n");
    Path run = folder.resolve("run");
    CommandLine.done(
        "train", "--data", table, "--likelihood", "gaussian", "--epochs", 1, "--out", run);
    assertEquals(3, RunConfig.read(run.resolve("config.json")).training().batch());
  }

  @Test
  void aValueFarOffIsNoMatterOfTheLearningRate() throws IOException {
    Path table = Files.writeString(folder.resolve("t.csv"), "a,b\n1,2\n3,4e30\n5,6e30\n7,2e30\n");
    CommandLine line =
        CommandLine.run(
            "train",
            "--data",
            table,
            "--likelihood",
            "gaussian",
            "--epochs",
            1,
            "--out",
            folder.resolve("run"));
    assertEquals(Main.FAILED, line.status());
    assertTrue(line.err().contains("at step 0; expected a finite number"), line.err());
    assertTrue(line.err().contains("set --scaling standardize"), line.err());
    assertFalse(line.err().contains("learning-rate"), line.err());
  }

  @Test
  void tablesTrainWithoutImages() throws IOException {
    StringBuilder rows = new StringBuilder("a,b,kind\n");
    for (int i = 0; i < 30; i++) {
      rows.append(i).append(',').append(30 - 2 * i).append(",k").append(i % 2).append('\n');
    }
    Path table = Files.writeString(folder.resolve("t.csv"), rows);
    Path run = folder.resolve("run");
    CommandLine line =
        CommandLine.run(
            "train",
            "--data",
            table,
            "--label-column",
            "kind",
            "--likelihood",
            "gaussian",
            "--scaling",
            "standardize",
            "--latent",
            1,
            "--hidden",
            4,
            "--batch",
            9,
            "--epochs",
            1,
            "--out",
            run);
    assertEquals(Main.DONE, line.status(), line.err());
    assertFalse(Files.exists(run.resolve("plots/samples.png")));
    assertTrue(Files.exists(run.resolve("plots/loss.png")));
    assertTrue(line.out().contains("--out samples.csv"), line.out());
    assertEquals(
        "x0,x1", CommandLine.done("sample", "--model", run, "--count", 2).outLines().get(0));
    // The run's own way of reading holds for its model: the label column is none of the values.
    assertEquals(31, CommandLine.done("encode", "--model", run, "--in", table).outLines().size());
  }
}
