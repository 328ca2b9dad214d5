package org.vaetf.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The code blocks of the README and of other pages. */
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
    return blocks(FILE, language);
  }

  /**
   * The fenced blocks of a language on a page, in order.
   *
   * @param page Markdown
   * @param language as it stands behind the fence
   * @return their texts
   */
  public static List<String> blocks(Path page, String language) {
    try {
      return Pattern.compile(
              "^```" + language + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
          .matcher(Files.readString(page))
          .results()
          .map((MatchResult block) -> block.group(1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The calls of the runnable jar in the shell blocks, without what stands before them.
   *
   * @return the words that follow {@code java}: options of the JVM, {@code -jar}, the jar's path, a
   *     command and its options
   */
  public static List<List<String>> jarCommands() {
    Pattern call = Pattern.compile("\\bjava ((?:-X\\S+ )*-jar target/vae-tf\\.jar .*)");
    return blocks("sh").stream()
        .flatMap(String::lines)
        .map(line -> line.replaceFirst("\\s+#.*$", ""))
        .map(call::matcher)
        .filter(Matcher::find)
        .map(found -> List.of(found.group(1).strip().split("\\s+")))
        .toList();
  }
}
