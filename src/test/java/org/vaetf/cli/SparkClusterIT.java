package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.interop.Python;

/** tools/spark/run.sh in short: a master and two workers on loopback, one executor killed. */
class SparkClusterIT {
  @TempDir Path folder;

  @Test
  void aClusterGivesTheNumbersOfOneMachineAndOutlivesAnExecutor() throws Exception {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder("tools/spark/run.sh", System.getProperty("vaetf.jar"))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("VAETF_PYTHON", Python.require());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("JOBS", "encode train");
    builder.environment().put("ROWS", "300");
    builder.environment().put("KILL_ROWS", "12000");
    Process script = builder.start();
    try {
      assertTrue(script.waitFor(10, TimeUnit.MINUTES), "the cluster takes too long");
    } finally {
      List<ProcessHandle> cluster = script.descendants().toList();
      script.destroy();
      cluster.forEach(ProcessHandle::destroyForcibly);
    }
    List<String> lines = Files.readAllLines(out);
    assertEquals(0, script.exitValue(), lines + "\n" + Files.readString(err));
    assertLinesMatch(
        List.of(
            "cluster spark://127.0.0.1:\\d+, two workers of one core",
            "encode: 300 rows in, 300 out; (files|numbers) equal .*",
            "decode with an executor killed: 12000 rows in, 12000 rows out, .*",
            "train in one process: weights equal to the plain command's \\([0-9a-f]{12}\\)",
            "train in two processes, one executor killed: 40 epochs, weights equal to those of an"
                + " undisturbed run .*",
            "all jobs ended right"),
        lines);
  }
}
