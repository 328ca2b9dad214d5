package org.vaetf.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The README's code blocks. */
public final class Readme {
  private static final Path FILE = Path.of("README.md");

  private Readme() {}

  /**
   * The fenced blocks of a language, in order.
   *
   * @param language as it stands behind the fence
   * @return their texts
   */
  public static List<String> blocks(String language) {
    try {
      return Pattern.compile(
              "^```" + language + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
          .matcher(Files.readString(FILE))
          .results()
          .map((MatchResult block) -> block.group(1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The lines of the shell blocks that call the runnable jar, without the call itself.
   *
   * @return commands with their options
   */
  public static List<String> jarCommands() {
    String call = "java -jar target/vae-tf.jar ";
    return blocks("sh").stream()
        .flatMap(String::lines)
        .map(line -> line.replaceFirst("\\s+#.*$", ""))
        .filter(line -> line.contains(call))
        .map(line -> line.substring(line.indexOf(call) + call.length()).strip())
        .toList();
  }
}
