package org.vaetf.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.testing.Readme;

/**
 * Runs every command of the README with the runnable jar, in the order of the page, in a folder of
 * its own.
 */
class ReadmeCommandsIT {

  @Test
  void everyCommandOfTheReadmeExitsWithZero(@TempDir Path folder) throws Exception {
    List<List<String>> commands = Readme.jarCommands();
    assertTrue(commands.size() >= 11, "a command of each kind, but the README has " + commands);
    // The page speaks from the project's root: what it names there must be found here too.
    Files.createSymbolicLink(
        folder.resolve("saved_models"), Path.of("saved_models").toAbsolutePath());
    String jar = Path.of(System.getProperty("vaetf.jar")).toAbsolutePath().toString();
    for (List<String> command : commands) {
      List<String> call = new ArrayList<>();
      call.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      call.addAll(command);
      Collections.replaceAll(call, "target/vae-tf.jar", jar);
      Path log = folder.resolve("log.txt");
      Process process =
          new ProcessBuilder(call)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      assertTrue(process.waitFor(5, TimeUnit.MINUTES), command + " ends");
      assertEquals(0, process.exitValue(), command + "\n" + Files.readString(log));
    }
  }
}
