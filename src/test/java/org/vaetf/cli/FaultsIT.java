package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.DataSet;
import org.vaetf.data.Formats;
import org.vaetf.data.RowFormat;
import org.vaetf.data.RowWriter;
import org.vaetf.testing.Figure;
import org.vaetf.testing.RunFiles;

/** What only a process can meet: a full disk, a small heap, a pipe that nobody reads. */
@Tag("slow")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "The faults are made with a POSIX shell")
class FaultsIT {
  private static final String TRAIN =
      "train --data shapes:count=300,size=12 --hidden 512 --latent 2 --keep-checkpoints 9";

  @TempDir Path folder;

  /** Runs lines of a shell, in which {@code vae-tf} is the program; gives the last one's status. */
  private int shell(String... lines) throws IOException, InterruptedException {
    String program =
        "vae-tf() { '"
            + System.getProperty("java.home")
            + "/bin/java' $JAVA -jar '"
            + JarProcess.JAR
            + "' \"$@\"; }";
    Process process =
        new ProcessBuilder("bash", "-c", program + "\n" + String.join("\n", lines))
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    assertTrue(process.waitFor(3, TimeUnit.MINUTES), "still runs");
    return process.exitValue();
  }

  private String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  /**
   * A small file system where the system lets one be mounted; else a limit on the size of files,
   * which needs no permission: there is a full disk on every machine.
   */
  @Test
  void aFullDiskUnderARunThatGoesOnWhenThereIsRoom() throws Exception {
    String mount = "mkdir -p disk && mount -t tmpfs -o size=64m tmpfs disk";
    boolean mounts =
        shell("unshare -rm bash -c '" + mount + " && mount -o remount,size=32m disk'") == 0;
    String reason = mounts ? "No space left on device" : "File too large";
    Figure.print("full disk: %s", mounts ? "a tmpfs" : "a limit on files");
    // Its weights and their slots take 1.8 MB a checkpoint: no other fits beside the first.
    List<String> lines =
        List.of(
            "set -e",
            mounts ? mount : "mkdir disk",
            "vae-tf " + TRAIN + " --epochs 1 --quiet --out disk/run",
            mounts
                ? "mount -o remount,size=$(($(du -sk disk | cut -f1) + 800))k disk"
                : "ulimit -S -f 1000",
            "vae-tf train --resume disk/run --epochs 3 2>fault && exit 9 || echo $? >status",
            "find disk -name '.vae-tf-*' >left",
            mounts ? "mount -o remount,size=64m disk" : "ulimit -S -f unlimited",
            "cp -r disk/run faulty",
            "vae-tf train --resume disk/run --epochs 3 --quiet",
            "cp -r disk/run resumed");
    assertEquals(0, shell("vae-tf " + TRAIN + " --epochs 3 --quiet --out whole"), () -> "whole");
    if (mounts) {
      Files.write(folder.resolve("lines"), lines);
      assertEquals(0, shell("export JAVA; export -f vae-tf; unshare -rm bash lines"), text("err"));
    } else {
      assertEquals(0, shell(lines.toArray(String[]::new)), text("err"));
    }
    assertEquals("1\n", text("status"));
    List<String> said =
        text("fault")
            .lines()
            .filter(
                line -> !line.matches("(going on|training|grey|[-0-9]{10} [:0-9]{8}  epoch) .*"))
            .toList();
    assertEquals(
        List.of(
            "vae-tf: disk/run/checkpoints/step-0000000006: cannot be written ("
                + reason
                + "); make room there or choose another place; then go on with --resume, from"
                + " step-0000000003"),
        said,
        text("fault"));
    assertEquals("", text("left"));
    String checkpoint = "checkpoints/step-0000000003";
    RunFiles.assertSameBytes(
        folder.resolve("whole").resolve(checkpoint), folder.resolve("faulty").resolve(checkpoint));
    RunFiles.assertSameCheckpointsToo(folder.resolve("whole"), folder.resolve("resumed"));
  }

  @Test
  void aSmallHeapUnderARunThatGoesOnWithALargerOne() throws Exception {
    RowShape shape = RowShape.image(64, 64, 1);
    try (RowWriter writer =
        Formats.writer(folder.resolve("x.npy"), RowFormat.of(shape, DataSet.Encoding.REALS))) {
      writer.write(new Batch(new Samples(shape, new float[2400 * shape.size()]), Optional.empty()));
      writer.commit();
    }
    String train = "vae-tf train --data x.npy --hidden 8 --latent 2 --batch 2000 --quiet";
    assertEquals(0, shell(train + " --epochs 2 --out whole"), () -> "whole");
    assertEquals(0, shell(train + " --epochs 1 --out run"), () -> "run");
    assertEquals(1, shell("JAVA=-Xmx40m", "vae-tf train --resume run --epochs 2 --quiet"));
    assertTrue(
        text("err")
            .matches(
                "vae-tf: training with batch 2000: Java ran out of memory \\(.*\\); lower the batch"
                    + " size, or give Java more with -Xmx \\(now \\d+ MiB, as in java -Xmx8g\\);"
                    + " with more memory go on with --resume, from step-0000000002\n"),
        text("err"));
    assertEquals(0, shell("vae-tf train --resume run --epochs 2 --quiet"), text("err"));
    RunFiles.assertSameCheckpointsToo(folder.resolve("whole"), folder.resolve("run"));
  }

  @Test
  void aPipeThatNobodyReads() throws Exception {
    // Nor does anybody read what the training says: it goes on all the same.
    assertEquals(
        0, shell("vae-tf " + TRAIN + " --epochs 2 --out run 2> >(exit)", "exit $?"), text("err"));
    assertTrue(text("out").startsWith("finished after 2 epochs"), text("out"));
    assertEquals(
        1,
        shell("vae-tf sample --model run --count 1000000000 | head -1", "exit ${PIPESTATUS[0]}"));
    assertEquals(1, text("out").lines().count());
    assertEquals(
        "vae-tf: standard output: takes no more: what reads it has ended, or its disk is full; ask"
            + " for less, or make room\n",
        text("err"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskUnderStandardOutput() throws Exception {
    assertEquals(1, shell("vae-tf models >/dev/full"));
    assertTrue(text("err").startsWith("vae-tf: standard output: takes no more: "), text("err"));
    assertEquals(1, text("err").lines().count(), text("err"));
    assertFalse(text("err").contains("Exception"));
  }
}
