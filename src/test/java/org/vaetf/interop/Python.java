package org.vaetf.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The Python that the environment variable {@code VAETF_PYTHON} names. */
public final class Python {
  private Python() {}

  /** Skips the test where there is none; in CI, fails it. */
  public static String require() {
    String python = System.getenv("VAETF_PYTHON");
    if (python == null && System.getenv("CI") != null) {
      fail("VAETF_PYTHON names no Python, and CI must not skip this test");
    }
    assumeTrue(python != null, "VAETF_PYTHON names no Python");
    return python;
  }

  /** Runs it with some arguments; it must succeed. */
  public static void run(Path folder, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(require()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(folder, "python", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("VAETF_JAR", System.getProperty("vaetf.jar"));
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(10, TimeUnit.MINUTES), () -> command + " takes too long");
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(output);
    assertEquals(0, process.exitValue(), () -> command + " says:\n" + text);
  }
}
