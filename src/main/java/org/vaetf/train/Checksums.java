package org.vaetf.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.vaetf.base.DataException;
import org.vaetf.base.Sha256;

/**
 * {@code SHA256SUMS} of a folder: a line for each other file, as {@code sha256sum} writes and
 * {@code sha256sum -c} reads it.
 */
final class Checksums {
  private static final String FILE = "SHA256SUMS";
  private static final String BETWEEN = "  ";

  private Checksums() {}

  /** Adds the file to a folder of files. */
  static void write(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path file : files(folder)) {
      lines.add(Sha256.of(file) + BETWEEN + file.getFileName());
    }
    Files.write(folder.resolve(FILE), lines);
  }

  /**
   * Refuses a folder whose files are not those it was written with.
   *
   * @throws DataException naming the first file that is missing, added or changed
   */
  static void verify(Path folder) {
    try {
      List<String> written = Files.readAllLines(folder.resolve(FILE));
      List<String> names = written.stream().map(Checksums::name).toList();
      List<String> found =
          files(folder).stream().map(file -> file.getFileName().toString()).toList();
      for (String name : found) {
        if (!names.contains(name)) {
          throw damaged(folder.resolve(name), "is not listed in " + FILE);
        }
      }
      for (String line : written) {
        // The list may be anyone's: only what is in the folder is looked at.
        String name = name(line);
        if (!found.contains(name)) {
          throw damaged(folder.resolve(FILE), "lists '" + name + "', which is missing");
        }
        String digest = Sha256.of(folder.resolve(name));
        if (!line.equals(digest + BETWEEN + name)) {
          throw damaged(
              folder.resolve(name), "has the SHA-256 " + digest + ", which is not that of " + FILE);
        }
      }
    } catch (IOException e) {
      throw new DataException(folder.resolve(FILE).toString(), "cannot be read (" + e + ")", e);
    }
  }

  private static String name(String line) {
    int between = line.indexOf(BETWEEN);
    return between < 0 ? line : line.substring(between + BETWEEN.length());
  }

  private static DataException damaged(Path file, String how) {
    return new DataException(file.toString(), how + "; expected the file as it was written");
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.endsWith(FILE)).sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
