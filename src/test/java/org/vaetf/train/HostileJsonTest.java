package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.Json;
import org.vaetf.base.VaeException;
import org.vaetf.data.DataSplit;
import org.vaetf.export.Manifest;
import org.vaetf.testing.Figure;
import org.vaetf.testing.Mutator;

/**
 * Configurations, manifests and checkpoints' progress that are broken: each is read, or refused in
 * one line. The properties {@code vaetf.fuzz} and {@code vaetf.fuzz.seed} say how many and which.
 */
@Tag("slow")
class HostileJsonTest {
  private static final int COUNT = Integer.getInteger("vaetf.fuzz", 20_000);
  private static final long SEED = Long.getLong("vaetf.fuzz.seed", 1);

  @TempDir static Path folder;
  private static Path run;

  /** Reads a file. */
  private interface Reading {
    void of(Path file);
  }

  @BeforeAll
  static void train() {
    run = folder.resolve("run");
    RunConfig config = TinyRun.config(1);
    try (DataSplit data = TinyRun.data()) {
      Trainer.of(
              config.withTraining(
                  config
                      .training()
                      .withSchedule(new Schedule.WarmUp(1.5, new Schedule.Plateau(0.5, 1)))))
          .run(run, false, data);
    }
  }

  @Test
  void configurations() throws IOException {
    inPieces(run.resolve("config.json"), RunConfig::read);
  }

  @Test
  void manifests() throws IOException {
    Path manifest = run.resolve("saved_model").resolve("assets.extra").resolve("vae.json");
    inPieces(manifest, file -> Json.read(file, Manifest.class));
  }

  @Test
  void progress() throws IOException {
    Path progress = run.resolve("checkpoints").resolve("step-0000000004").resolve("progress.json");
    inPieces(progress, file -> Json.read(file, Progress.class));
  }

  private static void inPieces(Path file, Reading reading) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Mutator mutator = new Mutator(List.of(whole));
    int read = 0;
    try {
      for (int i = 0; i < COUNT; i++) {
        long seed = SEED * COUNT + i;
        Mutator.replace(file, mutator.broken(seed));
        try {
          reading.of(file);
          read++;
        } catch (VaeException e) {
          assertEquals(1, e.getMessage().lines().count(), "seed " + seed + ": " + e.getMessage());
        } catch (RuntimeException | Error e) {
          throw new AssertionError(file.getFileName() + ", seed " + seed, e);
        }
      }
    } finally {
      Mutator.replace(file, whole);
    }
    Figure.print(
        "%s: %,d broken files, of which %,d could be read", file.getFileName(), COUNT, read);
    assertTrue(read > 0 && read < COUNT, "some are whole, some are not: " + read);
  }
}
