package org.vaetf.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.testing.Readme;
import org.vaetf.zoo.Zoo;
import org.vaetf.zoo.ZooModel;

/** Compiles the Java example of the page on the zoo, and runs it in an empty folder. */
@Tag("slow")
class ZooExampleTest {

  @Test
  void javaExampleCompilesAndRuns(@TempDir Path folder) throws Exception {
    List<String> examples = Readme.blocks(Path.of("docs/zoo.md"), "java");
    assertEquals(1, examples.size(), "Java examples on the page");
    String log = JavaExample.run(examples.get(0), "Sevens", folder, folder);
    assertTrue(log.contains("16 sevens"), log);
    for (ZooModel model : Zoo.models()) {
      assertTrue(log.contains(model.name() + ": " + model.title()), log);
    }
  }
}
