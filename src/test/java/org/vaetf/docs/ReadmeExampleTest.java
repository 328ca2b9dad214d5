package org.vaetf.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.testing.Readme;

/** Compiles the README's Java example as it stands there, and runs it in an empty folder. */
@Tag("slow")
class ReadmeExampleTest {

  @Test
  void javaExampleCompilesAndRuns(@TempDir Path folder) throws Exception {
    List<String> examples = Readme.blocks("java");
    assertEquals(1, examples.size(), "Java examples in the README");
    String log = JavaExample.run(examples.get(0), "Digits", folder, folder);
    assertTrue(Files.isRegularFile(folder.resolve("runs/digits/saved_model/saved_model.pb")));
    assertTrue(log.contains("test negative ELBO"), log);
  }
}
