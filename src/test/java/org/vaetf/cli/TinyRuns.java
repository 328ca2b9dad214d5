package org.vaetf.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vaetf.base.AtomicOutput;

/** Runs that several tests work with, trained once a process. */
final class TinyRuns {
  static final String SHAPES = "shapes:count=60,size=8";

  private static final Path FOLDER = folder();
  private static boolean trained;

  private TinyRuns() {}

  /** A vae on shapes, 54 rows to learn from and 6 to test on, 2 latent dimensions. */
  static synchronized Path vae() {
    train();
    return FOLDER.resolve("vae");
  }

  /** The same as an autoencoder. */
  static synchronized Path autoencoder() {
    train();
    return FOLDER.resolve("ae");
  }

  /** The same as a conditional model. */
  static synchronized Path conditional() {
    train();
    return FOLDER.resolve("cvae");
  }

  /** Another preset, trained as these are. */
  static Path train(String preset, Path run) {
    CommandLine.done(
        "train",
        "--preset",
        preset,
        "--data",
        SHAPES,
        "--epochs",
        1,
        "--batch",
        20,
        "--latent",
        2,
        "--hidden",
        8,
        "--out",
        run);
    return run;
  }

  private static void train() {
    if (!trained) {
      trained = true;
      for (String preset : new String[] {"vae", "ae", "cvae"}) {
        train(preset, FOLDER.resolve(preset));
      }
    }
  }

  private static Path folder() {
    try {
      Path folder = Files.createTempDirectory("vae-tf-cli-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> AtomicOutput.deleteTree(folder)));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
