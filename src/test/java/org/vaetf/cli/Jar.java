package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The runnable jar in processes of its own, working in a folder; what they say goes to its files
 * {@code out} and {@code err}.
 */
final class Jar {
  /** Where the build has put it. */
  static final String PATH = System.getProperty("vaetf.jar");

  private final Path folder;

  Jar(Path folder) {
    this.folder = folder;
  }

  /** How a process ended. */
  record Result(int status, String out, String err) {}

  /** Runs a command to its end. */
  Result run(String... words) throws IOException, InterruptedException {
    return end(start(words));
  }

  /** Begins a command. */
  Process start(String... words) throws IOException {
    return startUnder(List.of(), words);
  }

  /** Begins a command through a program that sets something up for it. */
  Process startUnder(List<String> program, String... words) throws IOException {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of(System.getProperty("java.home") + "/bin/java", "-jar", PATH));
    command.addAll(List.of(words));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
  }

  /** Waits until a process ends. */
  Result end(Process process) throws IOException, InterruptedException {
    assertTrue(process.waitFor(3, TimeUnit.MINUTES), "still runs");
    return new Result(
        process.exitValue(),
        Files.readString(folder.resolve("out")),
        Files.readString(folder.resolve("err")));
  }
}
