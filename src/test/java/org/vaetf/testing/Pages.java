package org.vaetf.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The pages of the documentation: Markdown at the root, in docs, beside the tools and the models.
 */
public final class Pages {
  private Pages() {}

  /**
   * All pages.
   *
   * @return from the project's root, sorted
   */
  public static List<Path> all() {
    return Stream.of("", "docs", "tools", "saved_models").flatMap(Pages::below).sorted().toList();
  }

  private static Stream<Path> below(String folder) {
    try (Stream<Path> files = Files.walk(Path.of(folder), folder.isEmpty() ? 1 : 3)) {
      return files.filter(file -> file.toString().endsWith(".md")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The lines of a page.
   *
   * @param page Markdown
   * @return in order; a line that a backslash continues is one with the next
   */
  public static Stream<String> lines(Path page) {
    try {
      return Files.readString(page).replaceAll(" \\\\\n *", " ").lines();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
