package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaetf.base.AtomicOutput;
import org.vaetf.data.Batch;
import org.vaetf.data.DataSet;
import org.vaetf.data.DataSources;
import org.vaetf.data.Formats;
import org.vaetf.data.ReadOptions;
import org.vaetf.data.RowFormat;
import org.vaetf.data.RowWriter;
import org.vaetf.model.Presets;
import org.vaetf.testing.Figure;
import org.vaetf.testing.RunFiles;
import org.vaetf.train.UpdateRule;

/**
 * A run that is killed at random moments and resumed each time ends in the bytes of one that nobody
 * disturbed. The property {@code vaetf.kills} says how often each run is killed (2), {@code
 * vaetf.kill.seed} when.
 */
@Tag("slow")
class KilledRunIT {
  private static final int KILLS = Integer.getInteger("vaetf.kills", 2);
  private static final long SEED = Long.getLong("vaetf.kill.seed", System.nanoTime());
  private static final String SHAPES = "shapes:count=1500,size=16";
  private static final String FILE = "rows.npy";

  @TempDir Path folder;

  /** Every update rule; presets, schedules, kinds of data and early stopping take turns. */
  static Stream<String> commands() {
    List<String> schedules =
        List.of(
            "constant",
            "exponential",
            "cosine --warm-up 2",
            "step --schedule-every 5",
            "plateau --schedule-patience 1");
    List<String> commands = new ArrayList<>();
    for (UpdateRule rule : UpdateRule.values()) {
      int turn = commands.size();
      commands.add(
          String.join(
              " ",
              "train --hidden 64 --latent 3 --epochs 25 --checkpoint-every 7steps",
              "--keep-checkpoints 3 --seed " + turn,
              "--preset " + Presets.all().get(turn % Presets.all().size()).name(),
              "--optimizer " + rule.label(),
              "--schedule " + schedules.get(turn % schedules.size()),
              "--data " + (turn % 4 == 0 ? FILE : SHAPES),
              turn % 2 == 0 ? "--binarize stochastic" : "--patience 2"));
    }
    return commands.stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void endsInTheBytesOfOneThatNobodyDisturbed(String command) throws Exception {
    System.out.println(
        "KilledRunIT: vaetf.kill.seed=" + SEED + ", " + KILLS + " kills, " + command);
    Random random = new Random(SEED + command.hashCode());
    writeRows();
    long begun = System.nanoTime();
    run(command, "whole");
    long whole = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    Path killed = folder.resolve("killed");
    for (int kills = 0, tries = 0; kills < KILLS; tries++) {
      assertEquals(true, tries < 10 * KILLS, "too fast to be killed");
      JarProcess process = train(command, "killed");
      if (process.process().waitFor(1 + random.nextInt((int) whole), TimeUnit.MILLISECONDS)) {
        // It came to its end, and resuming ends at once from now on: kill a fresh one instead.
        requireDone(command, process);
        assertSameRun();
        AtomicOutput.deleteTree(killed);
      } else {
        process.process().destroyForcibly().waitFor();
        kills++;
      }
    }
    run(command, "killed");
    assertSameRun();
    Figure.print("kills: %d survived (vaetf.kill.seed=%d): %s", KILLS, SEED, command);
  }

  private void writeRows() {
    try (DataSet shapes = new DataSources().open(SHAPES, ReadOptions.defaults());
        RowWriter writer =
            Formats.writer(folder.resolve(FILE), RowFormat.of(shapes.shape(), shapes.encoding()))) {
      writer.write(new Batch(shapes.slice(0, shapes.rows()), Optional.empty()));
      writer.commit();
    }
  }

  private void run(String command, String name) throws Exception {
    requireDone(command, train(command, name));
  }

  private void requireDone(String command, JarProcess process) throws Exception {
    JarProcess.Ended result = process.end();
    String about = command + ", vaetf.kill.seed=" + SEED;
    assertEquals(0, result.status(), about + "\n" + result.err());
  }

  private JarProcess train(String command, String name) throws Exception {
    // A run that was killed before it had written its configuration has nothing to go on from.
    boolean begun = Files.exists(folder.resolve(name).resolve("config.json"));
    String place = begun ? " --resume " + name : " --out " + name;
    return JarProcess.start(folder, (command + place).split(" ", -1));
  }

  private void assertSameRun() {
    RunFiles.assertSameCheckpointsToo(folder.resolve("whole"), folder.resolve("killed"));
    for (String pictures : List.of("epochs", "plots")) {
      RunFiles.assertSameBytes(
          folder.resolve("whole").resolve(pictures), folder.resolve("killed").resolve(pictures));
    }
  }
}
