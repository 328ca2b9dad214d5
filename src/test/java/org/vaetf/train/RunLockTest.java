package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.data.DataSplit;
import org.vaetf.testing.OneLine;

/** One process at a time works on a run folder. */
class RunLockTest {
  @TempDir Path folder;

  @Test
  @SuppressWarnings("try") // The lock is held, not used.
  void anotherRunOfThisProcessIsRefused() throws IOException {
    String owner = "process " + ProcessHandle.current().pid() + " since ";
    try (RunLock lock = RunLock.take(folder)) {
      OneLine.of(() -> RunLock.take(folder), "is in use by " + owner);
      assertTrue(Files.readString(folder.resolve(".lock")).startsWith(owner));
    }
    assertEquals("", Files.readString(folder.resolve(".lock")));
    RunLock.take(folder).close();
  }

  @Test
  void aRunIsRefusedWhereAnotherProcessWorksAndTakesOverFromADeadOne() throws Exception {
    Path run = folder.resolve("run");
    RunConfig config = TinyRun.config(1);
    try (DataSplit data = TinyRun.data()) {
      Trainer.of(config).run(run, false, data);
      Process other =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  RunLockTest.class.getName(),
                  run.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (BufferedReader said =
          new BufferedReader(
              new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
        assertEquals("taken", said.readLine());
        String owner = "process " + other.pid() + " since ";
        OneLine.of(() -> Trainer.of(config).run(run, true, data), owner);
        OneLine.of(() -> Trainer.of(config).resume(run, data), owner);
        assertTrue(Files.exists(run.resolve("saved_model")), "nothing of the other's is lost");
      } finally {
        other.destroyForcibly().waitFor();
      }
      assertTrue(Files.readString(run.resolve(".lock")).contains("process"), "left by the dead");
      Trainer.of(config).resume(run, data);
    }
  }

  /** Takes the lock of a folder, says so, and waits to be killed. */
  public static void main(String[] args) throws InterruptedException {
    RunLock lock = RunLock.take(Path.of(args[0]));
    System.out.println("taken");
    Thread.sleep(Long.MAX_VALUE);
    lock.close();
  }
}
