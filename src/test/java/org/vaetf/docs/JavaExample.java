package org.vaetf.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;

/** A page's Java example: compiled as it stands there, and run in a process of its own. */
final class JavaExample {
  private JavaExample() {}

  /**
   * Compiles and runs it; both must succeed.
   *
   * @param text of the class
   * @param name of the class
   * @param classes empty; receives the compiled class
   * @param folder where it runs
   * @return what it printed
   */
  static String run(String text, String name, Path classes, Path folder) throws Exception {
    Path source = Files.writeString(classes.resolve(name + ".java"), text);
    String classPath = System.getProperty("java.class.path");
    String[] options = {
      "-encoding", "UTF-8", "-cp", classPath, "-d", classes.toString(), source.toString()
    };
    int compiled = ToolProvider.getSystemJavaCompiler().run(null, null, null, options);
    assertEquals(0, compiled, "exit code of the compiler");

    Path log = classes.resolve("log.txt");
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classes + File.pathSeparator + classPath,
                name)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertTrue(run.waitFor(5, TimeUnit.MINUTES), "the example ends");
    assertEquals(0, run.exitValue(), () -> read(log));
    return read(log);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
