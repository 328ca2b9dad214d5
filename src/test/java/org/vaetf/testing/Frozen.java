package org.vaetf.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Models and runs that {@code tools/frozen/make.sh} made with this version or an earlier one, for
 * later ones to read. The folders are named after what a reader must understand: the version of the
 * models' contract, and the format of checkpoints.
 */
public final class Frozen {
  private static final String MODELS = "contract-1";
  private static final String RUN = "checkpoint-2";

  private Frozen() {}

  /** The names of the models. */
  public static List<String> models() {
    return List.of("dense", "autoencoder", "convolutional", "python");
  }

  /** A copy of a model. */
  public static Path model(String name, Path target) throws IOException {
    return copy(folder().resolve(MODELS).resolve(name), target);
  }

  /** What Python's TensorFlow computes with it, as {@code tools/interop/cases.py} says. */
  public static JsonNode cases(String name) throws IOException {
    Path file = folder().resolve(MODELS).resolve(name + ".json");
    return new ObjectMapper().readTree(file.toFile());
  }

  /** A copy of the run. */
  public static Path run(Path target) throws IOException {
    return copy(folder().resolve(RUN), target);
  }

  /** The size of all files in a folder. */
  public static long bytes(Path folder) throws IOException {
    long bytes = 0;
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path path : tree.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
    return to;
  }

  private static Path folder() {
    try {
      return Path.of(Frozen.class.getResource("/frozen").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
