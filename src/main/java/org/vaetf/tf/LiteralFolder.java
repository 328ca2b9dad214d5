package org.vaetf.tf;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.VaeException;

/**
 * A folder under a path that means itself. TensorFlow looks for the variables it restores as for a
 * file name pattern and then opens the very name, so no escape helps: where the path holds such
 * characters, a link among temporary files stands for it until this is closed.
 */
public final class LiteralFolder implements AutoCloseable {
  private final Path path;
  private final boolean linked;

  private LiteralFolder(Path path, boolean linked) {
    this.path = path;
    this.linked = linked;
  }

  /**
   * Makes the link if there must be one.
   *
   * @param folder exists
   * @return owned by the caller
   * @throws VaeException if the link cannot be made
   */
  public static LiteralFolder of(Path folder) {
    if (!isPattern(folder.toString())) {
      return new LiteralFolder(folder, false);
    }
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      Path own = Files.createTempDirectory(temporary, "vae-tf-");
      return new LiteralFolder(
          Files.createSymbolicLink(own.resolve("link"), folder.toRealPath()), true);
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(temporary, e);
    }
  }

  /** Asterisks and question marks match themselves; a backslash parts names on Windows. */
  private static boolean isPattern(String path) {
    return path.indexOf('[') >= 0 || (File.separatorChar != '\\' && path.indexOf('\\') >= 0);
  }

  /**
   * The folder.
   *
   * @return a path that TensorFlow takes as it is
   */
  public Path path() {
    return path;
  }

  /** Removes the link. Idempotent. */
  @Override
  public void close() {
    if (linked) {
      AtomicOutput.deleteTree(path.getParent());
    }
  }
}
