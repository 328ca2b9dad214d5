package org.vaetf.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.AtomicOutput;
import org.vaetf.testing.TinyModel;

/** The loader in a process of its own that has no class of model, layer or training packages. */
class LoaderAloneTest {
  private static final TinyModel MODEL = TinyModel.of("vae dense bernoulli");

  @TempDir Path folder;

  /** What the other process runs. */
  static final class Alone {
    private Alone() {}

    public static void main(String[] arguments) {
      for (String missing : List.of("model.ModelConfig", "nn.Weights", "train.Trainer")) {
        assertThrows(ClassNotFoundException.class, () -> Class.forName("org.vaetf." + missing));
      }
      try (SavedModelVae vae = SavedModelVae.load(Path.of(arguments[0]))) {
        Generated sampled = vae.sample(3, 5);
        Scores scores = vae.score(sampled.x(), 4, 6);
        System.out.println(
            Arrays.toString(vae.encode(sampled.x()).mean().values())
                + Arrays.toString(vae.reconstruct(sampled.x()).values())
                + Arrays.toString(vae.decode(sampled.z()).values())
                + Arrays.toString(scores.logLikelihood()));
      }
    }
  }

  @Test
  void everyCallWorksWithoutThem() throws IOException, InterruptedException {
    Path saved = MODEL.export(folder.resolve("model"), MODEL.weights(1));
    Path classes = folder.resolve("classes");
    copyWithout(codeOf(SavedModelVae.class), classes, List.of("model", "nn", "train"));
    copyWithout(codeOf(LoaderAloneTest.class), classes, List.of("model", "nn", "train"));

    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classes + File.pathSeparator + libraries(),
                Alone.class.getName(),
                saved.toString())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertTrue(process.waitFor(120, TimeUnit.SECONDS), "the other process ends");
    assertEquals(0, process.exitValue(), Files.readString(err));

    try (SavedModelVae vae = SavedModelVae.load(saved)) {
      Generated sampled = vae.sample(3, 5);
      assertEquals(
          Arrays.toString(vae.encode(sampled.x()).mean().values())
              + Arrays.toString(vae.reconstruct(sampled.x()).values())
              + Arrays.toString(vae.decode(sampled.z()).values())
              + Arrays.toString(vae.score(sampled.x(), 4, 6).logLikelihood()),
          Files.readString(out).strip(),
          "another process gives the same numbers");
    }
  }

  private static Path codeOf(Class<?> type) {
    String file = type.getName().replace('.', '/') + ".class";
    String url = type.getClassLoader().getResource(file).getPath();
    return Path.of(url.substring(0, url.length() - file.length()));
  }

  /** The class path without our own classes. */
  private static String libraries() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> entry.endsWith(".jar"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static void copyWithout(Path from, Path to, List<String> packages) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path path : tree.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
    packages.forEach(
        name -> AtomicOutput.deleteTree(to.resolve("org").resolve("vaetf").resolve(name)));
  }
}
