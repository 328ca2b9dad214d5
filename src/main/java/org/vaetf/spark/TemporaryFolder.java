package org.vaetf.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vaetf.base.AtomicOutput;

/** A folder of this machine that lies there as long as something is done with it. */
final class TemporaryFolder {
  private TemporaryFolder() {}

  /** What is done with a folder. */
  @FunctionalInterface
  interface Work<T> {
    T with(Path folder);
  }

  static <T> T with(Work<T> work) {
    Path folder;
    try {
      folder = Files.createTempDirectory("vae-tf-");
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(Path.of(System.getProperty("java.io.tmpdir")), e);
    }
    try {
      return work.with(folder);
    } finally {
      AtomicOutput.deleteTree(folder);
    }
  }
}
