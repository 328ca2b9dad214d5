package org.vaetf.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.testing.Readme;

/** Compiles the Java example of the page on metrics, and runs it in this repository. */
@Tag("slow")
class MetricsExampleTest {

  @Test
  void javaExampleCompilesAndRuns(@TempDir Path folder) throws Exception {
    List<String> examples = Readme.blocks(Path.of("docs/metrics-generation.md"), "java");
    assertEquals(1, examples.size(), "Java examples on the page");
    String log = JavaExample.run(examples.get(0), "JudgeDigits", folder, Path.of("."));
    assertTrue(log.contains("GenerationMetrics[realRows=1000, generatedRows=1000"), log);
    assertTrue(log.contains(" dB"), log);
  }
}
