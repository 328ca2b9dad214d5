package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report by command is the one that training leaves. */
class ReportCommandTest {
  @TempDir Path folder;

  @Test
  void isTheOneThatTrainingLeft() throws IOException {
    Path run = TinyRuns.vae();
    Path file = folder.resolve("again.html");
    assertEquals(
        file + "\n",
        CommandLine.done("report", "--model", run, "--out", file)
            .out()
            .replace(System.lineSeparator(), "\n"));
    String page = Files.readString(file);
    Path other = folder.resolve("other.html");
    CommandLine.done("report", run, "--out", other);
    assertEquals(page, Files.readString(other));
    assertEquals(Files.readString(run.resolve("report.html")), page);
    assertTrue(page.contains("new images"), "the samples");
    assertTrue(page.contains("id=\"curve-kl\""), "the curves");
  }

  @Test
  void whatIsNoRunIsRefusedInOneLine() {
    CommandLine line =
        CommandLine.run("report", "--model", folder, "--out", folder.resolve("x.html"));
    assertEquals(Main.FAILED, line.status());
    assertEquals(1, line.errLines().size(), line.err());
    assertTrue(line.err().contains("is no run folder"), line.err());
  }
}
