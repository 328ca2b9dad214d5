package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The runnable jar in a process of its own. */
record JarProcess(Process process, Path out, Path err) {

  /** How it ended. */
  record Ended(int status, String out, String err) {}

  /**
   * Starts it.
   *
   * @param folder to run in
   * @param java options of the virtual machine
   * @param environment added to this process's own
   */
  static JarProcess start(
      Path folder, List<String> java, Map<String, String> environment, List<String> words)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(java);
    command.addAll(List.of("-jar", System.getProperty("vaetf.jar")));
    command.addAll(words);
    return start(folder, environment, command);
  }

  /** Starts a command line that begins with {@code java} in bash. */
  static JarProcess paste(Path folder, String line) throws IOException {
    String path = System.getProperty("java.home") + "/bin:" + System.getenv("PATH");
    return start(folder, Map.of("PATH", path), List.of("bash", "-c", line));
  }

  private static JarProcess start(
      Path folder, Map<String, String> environment, List<String> command) throws IOException {
    Path out = Files.createTempFile("vae-tf-out-", "");
    Path err = Files.createTempFile("vae-tf-err-", "");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    return new JarProcess(builder.start(), out, err);
  }

  Ended end() throws IOException, InterruptedException {
    assertTrue(process.waitFor(3, TimeUnit.MINUTES), "still runs");
    Ended ended = new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    Files.delete(out);
    Files.delete(err);
    return ended;
  }

  /** The end of what must succeed. */
  String done() throws IOException, InterruptedException {
    Ended ended = end();
    if (ended.status() != Main.DONE) {
      throw new AssertionError(ended.toString());
    }
    return ended.out();
  }
}
