package org.vaetf.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.testing.Readme;

/** Compiles the network of one's own on the page on networks, and trains it in an empty folder. */
@Tag("slow")
class NetworksExampleTest {

  @Test
  void javaExampleCompilesAndRuns(@TempDir Path folder) throws Exception {
    List<String> examples = Readme.blocks(Path.of("docs/networks.md"), "java");
    assertEquals(1, examples.size(), "Java examples on the page");
    String log = JavaExample.run(examples.get(0), "Residual", folder, folder);
    assertTrue(log.contains("residual"), log);
  }
}
