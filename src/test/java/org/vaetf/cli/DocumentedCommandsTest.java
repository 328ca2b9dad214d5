package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaetf.model.Presets;
import org.vaetf.testing.Pages;

/** Every command that a page shows as a line of its own is one: its name, its options, its keys. */
class DocumentedCommandsTest {
  private static final Pattern CALL =
      Pattern.compile("^ *(?:java (?:-X\\S+ )*-jar target/vae-tf\\.jar|vaetf) ([a-z-]+)(.*)$");

  /** What the loops of the pages count through. */
  private static final Map<String, String> VARIABLES =
      Map.of("$latent", "2", "$beta", "10", "$draws", "10", "$run", "run");

  record Shown(String page, String command, String words) {
    @Override
    public String toString() {
      return page + ": " + command + words;
    }
  }

  static List<Shown> commands() {
    return Pages.all().stream()
        .flatMap(
            page ->
                Pages.lines(page)
                    .map(CALL::matcher)
                    .filter(Matcher::matches)
                    .map(call -> new Shown(page.toString(), call.group(1), call.group(2))))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void isUnderstood(Shown shown) {
    List<String> words = words(shown.words);
    if (words.stream().anyMatch(word -> word.startsWith("--help") || word.startsWith("…"))) {
      return;
    }
    Command command = Commands.of(shown.command);
    Arguments arguments = Arguments.parse(command, words);
    if (command instanceof TrainCommand) {
      ModelSettings.apply(
          Presets.of(arguments.text(CliOption.PRESET).orElse("vae")).model(), arguments);
    }
  }

  private static List<String> words(String text) {
    String line = text.replaceFirst("\\s+[#&|>].*$", "");
    for (Map.Entry<String, String> variable : VARIABLES.entrySet()) {
      line = line.replace(variable.getKey(), variable.getValue());
    }
    return Stream.of(line.strip().split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }

  @Test
  void thePagesShowMost() {
    assertTrue(commands().size() > 60, () -> "only " + commands().size());
    List<String> shown = commands().stream().map(Shown::command).distinct().sorted().toList();
    assertEquals(
        Commands.ALL.stream().map(Command::name).sorted().toList(), shown, "commands shown");
  }
}
