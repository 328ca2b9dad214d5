package org.vaetf.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.testing.Readme;

/** Compiles the README's Java example as it stands there, and runs it in an empty folder. */
@Tag("slow")
class ReadmeExampleTest {
  private static final String CLASS = "Digits";

  @Test
  void javaExampleCompilesAndRuns(@TempDir Path folder) throws Exception {
    List<String> examples = Readme.blocks("java");
    assertEquals(1, examples.size(), "Java examples in the README");
    Path source = Files.writeString(folder.resolve(CLASS + ".java"), examples.get(0));
    String classPath = System.getProperty("java.class.path");

    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-encoding",
                "UTF-8",
                "-cp",
                classPath,
                "-d",
                folder.toString(),
                source.toString());
    assertEquals(0, compiled, "exit code of the compiler");

    Path log = folder.resolve("log.txt");
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                folder + java.io.File.pathSeparator + classPath,
                CLASS)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertTrue(run.waitFor(5, TimeUnit.MINUTES), "the example ends");
    assertEquals(0, run.exitValue(), () -> read(log));
    assertTrue(Files.isRegularFile(folder.resolve("runs/digits/saved_model/saved_model.pb")));
    assertTrue(read(log).contains("test negative ELBO"), () -> read(log));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }
}
