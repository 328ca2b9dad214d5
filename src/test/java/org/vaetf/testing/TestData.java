package org.vaetf.testing;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Data too large to commit: folders below the one that the environment variable {@code VAETF_DATA}
 * names. Tests that need one are skipped without it, but fail where {@code CI} is set: there it
 * must be.
 */
public final class TestData {
  private TestData() {}

  /**
   * A folder of test data.
   *
   * @param name {@code mnist} or {@code cifar10}
   * @return the folder; does not return where it is missing
   */
  public static Path folder(String name) {
    String root = System.getenv("VAETF_DATA");
    if (root != null && Files.isDirectory(Path.of(root, name))) {
      return Path.of(root, name);
    }
    String missing = "no folder " + name + " in VAETF_DATA (" + root + ")";
    if (System.getenv("CI") != null) {
      fail(missing);
    }
    assumeTrue(false, missing);
    throw new AssertionError("not reached");
  }
}
