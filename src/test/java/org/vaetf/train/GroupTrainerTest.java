package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Samples;
import org.vaetf.base.VaeException;
import org.vaetf.data.DataSplit;
import org.vaetf.data.Scaling;
import org.vaetf.export.SavedModelVae;
import org.vaetf.group.Group;
import org.vaetf.group.Rings;
import org.vaetf.testing.TinyModel;

/** Whole runs of processes that train together, each with a folder and rows of its own. */
@Tag("slow")
class GroupTrainerTest {
  private static final TinyModel MODEL = TinyModel.of("vae dense bernoulli");
  private static final Samples ROWS = MODEL.data(TinyRun.TRAIN_ROWS, 31);

  @TempDir Path folder;

  private static RunConfig config(int epochs, int averageEvery) {
    RunConfig config = TinyRun.config(epochs);
    return config.withTraining(config.training().withParallel(new Parallel(2, averageEvery)));
  }

  /** Unequal parts: one process has no more rows when the other still has some. */
  private static DataSplit data(int rank) {
    return rank == 0
        ? TinyRun.data(ROWS.slice(0, 38), MODEL.data(7, 32))
        : TinyRun.data(ROWS.slice(38, 50), MODEL.data(5, 33));
  }

  private TrainingResult run(Group group, RunConfig config, String name) {
    try (DataSplit data = data(group.rank())) {
      return Trainer.of(config).in(group).run(place(name, group.rank()), false, data);
    }
  }

  private Path place(String name, int rank) {
    return folder.resolve(name + rank);
  }

  @Test
  void allEndWithTheSameWeightsAndMetrics() throws Exception {
    for (int averageEvery : new int[] {1, 2}) {
      String name = "every" + averageEvery + "-";
      List<TrainingResult> results =
          Rings.each(2, group -> run(group, config(3, averageEvery), name));
      // 38 rows, 8 of them a step.
      results.forEach(result -> assertEquals(3 * 5, result.steps()));
      assertEquals(results.get(0).best(), results.get(1).best());
      assertEquals(sums(place(name, 0)), sums(place(name, 1)));
    }
  }

  @Test
  void standardizingIsByTheRowsOfAll() throws Exception {
    RunConfig config = config(1, 1);
    RunConfig scaled =
        config
            .withModel(TinyModel.of("vae dense learned").config())
            .withData(config.data().withScaling(Scaling.Kind.STANDARDIZE));
    Rings.each(2, group -> run(group, scaled, "scaled"));
    try (SavedModelVae vae = SavedModelVae.load(place("scaled", 1).resolve("saved_model"))) {
      Scaling found = vae.manifest().data().scaling();
      Scaling expected = Scaling.fit(Scaling.Kind.STANDARDIZE, TinyRun.data(ROWS, ROWS).train());
      for (int i = 0; i < expected.shift().length; i++) {
        assertEquals(expected.shift()[i], found.shift()[i], 1e-6);
        assertEquals(expected.scale()[i], found.scale()[i], 1e-6);
      }
      assertEquals(50, vae.manifest().data().trainingRows());
      assertEquals(12, vae.manifest().data().testRows());
    }
  }

  @Test
  void processesThatWouldGoOnFromDifferentStepsAreRefused() throws Exception {
    Rings.each(2, group -> run(group, config(2, 1), "run"));
    try (Stream<Path> checkpoints = Files.list(place("run", 1).resolve("checkpoints"))) {
      Path newest = checkpoints.max(Path::compareTo).orElseThrow();
      Files.move(newest, folder.resolve("elsewhere"));
    }
    VaeException refused =
        assertThrows(
            VaeException.class,
            () ->
                Rings.each(
                    2,
                    group -> {
                      try (DataSplit data = data(group.rank())) {
                        return Trainer.of(config(3, 1))
                            .in(group)
                            .resume(place("run", group.rank()), data);
                      }
                    }));
    assertTrue(
        refused.getMessage().contains("the processes would go on from the steps 10, 5;"),
        refused.getMessage());
  }

  @Test
  void aGroupIsAsLargeAsTheConfigurationSays() {
    ConfigException alone =
        assertThrows(ConfigException.class, () -> run(Group.alone(), config(1, 1), "alone"));
    assertEquals(
        "processes is 2; expected 1, the number that train here together", alone.getMessage());
    assertTrue(Files.notExists(place("alone", 0)));
  }

  private static List<String> sums(Path run) throws IOException {
    try (Stream<Path> checkpoints = Files.list(run.resolve("checkpoints"))) {
      return checkpoints
          .sorted()
          .map(checkpoint -> read(checkpoint.resolve("SHA256SUMS")))
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
