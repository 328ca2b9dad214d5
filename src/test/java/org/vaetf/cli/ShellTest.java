package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "its shells quote in another way")
class ShellTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain/a-b_c.d+e@f%g=h,i",
        "a b",
        "it's",
        "''",
        "\"quoted\"",
        "$HOME `id` $(id)",
        "~",
        "~root",
        "a\\b",
        "a*?[b]{c,d}",
        "a;b&c|d<e>f#g!h",
        "a\nb\tc",
        "é漢字😀",
        "עברית"
      })
  void aShellReadsTheWordAsItWas(String word) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", "printf %s " + Shell.quoted(word))
            .redirectErrorStream(true)
            .start();
    String read = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(word, read);
  }

  @Test
  void whatNeedsNoQuotesHasNone() {
    assertEquals("runs/vae-1", Shell.quoted("runs/vae-1"));
    assertEquals(
        "java -jar vae-tf.jar sample --model runs/a",
        Shell.command("sample --model", Path.of("runs/a")));
  }

  @Test
  void aNameIsNotTakenForAnOption() {
    assertEquals(
        "java -jar vae-tf.jar train --resume ./--debug",
        Shell.command("train --resume", Path.of("--debug")));
  }
}
