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
  /** Where the build has put it. */
  static final String JAR = System.getProperty("vaetf.jar");

  /** How it ended. */
  record Ended(int status, String out, String err) {}

  /** Starts it in a folder. */
  static JarProcess start(Path folder, String... words) throws IOException {
    return startUnder(folder, List.of(), words);
  }

  /** Starts it through a program that sets something up for it. */
  static JarProcess startUnder(Path folder, List<String> program, String... words)
      throws IOException {
    List<String> command = new ArrayList<>(program);
    command.addAll(java(List.of(), List.of(words)));
    return start(folder, Map.of(), command);
  }

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
    return start(folder, environment, java(java, words));
  }

  private static List<String> java(List<String> options, List<String> words) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(options);
    command.addAll(List.of("-jar", JAR));
    command.addAll(words);
    return command;
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
