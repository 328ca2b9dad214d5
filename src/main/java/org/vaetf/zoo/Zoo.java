package org.vaetf.zoo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.DataException;
import org.vaetf.base.Json;
import org.vaetf.export.LoadOptions;
import org.vaetf.export.SavedModelVae;

/**
 * Trained models inside the jar, for examples, first looks and tests. Each has a card that tells
 * what it is, its data and their licence, its metrics, and the command that makes it again.
 *
 * <pre>{@code
 * try (SavedModelVae vae = Zoo.load("mnist-2d")) {
 *   Generated digits = vae.sample(16, 1);
 * }
 * }</pre>
 */
public final class Zoo {
  /** What stands before a name where a path could stand too: {@code zoo:mnist-2d}. */
  public static final String PREFIX = "zoo:";

  private static final String FOLDER = "models/";
  private static final String CATALOGUE = "zoo.json";
  private static final String CARD = "README.md";
  private static final String GRAPH = "saved_model.pb";
  private static final List<String> FILES = List.of(CARD, "assets.extra/vae.json", GRAPH);

  /** What {@code zoo.json} holds. */
  private record Catalogue(List<ZooModel> models) {}

  private static final Map<String, Path> UNPACKED = new ConcurrentHashMap<>();

  private Zoo() {}

  /**
   * All there are.
   *
   * @return in the catalogue's order
   */
  public static List<ZooModel> models() {
    return List.copyOf(Json.read(CATALOGUE, text(CATALOGUE), Catalogue.class).models());
  }

  /**
   * The model of a name.
   *
   * @param name without {@link #PREFIX}
   * @return what the catalogue says of it
   * @throws ConfigException if there is none; the message lists those there are
   */
  public static ZooModel of(String name) {
    List<ZooModel> all = models();
    Check.known("model of the zoo", name, all.stream().map(ZooModel::name).toList());
    return all.stream().filter(model -> model.name().equals(name)).findFirst().orElseThrow();
  }

  /**
   * Loads a model for the CPU.
   *
   * @param name without {@link #PREFIX}
   * @return the loaded model, the caller's to close
   * @throws ConfigException if there is none of this name
   */
  public static SavedModelVae load(String name) {
    return load(name, LoadOptions.defaults());
  }

  /**
   * Loads a model.
   *
   * @param name without {@link #PREFIX}
   * @param options device, threads, and what the model may do
   * @return the loaded model, the caller's to close
   * @throws ConfigException if there is none of this name
   * @throws org.vaetf.base.VaeException if the device cannot be used
   */
  public static SavedModelVae load(String name, LoadOptions options) {
    return SavedModelVae.load(folder(name), options);
  }

  /**
   * The card of a model.
   *
   * @param name without {@link #PREFIX}
   * @return Markdown
   * @throws ConfigException if there is none of this name
   */
  public static String card(String name) {
    return text(of(name).name() + "/" + CARD);
  }

  /**
   * Where a model lies. One inside a jar is unpacked into a temporary folder, once a process, which
   * goes when the process ends.
   *
   * @param name without {@link #PREFIX}
   * @return its SavedModel, to be read only
   * @throws ConfigException if there is none of this name
   * @throws org.vaetf.base.OutputException if it cannot be unpacked
   */
  public static Path folder(String name) {
    URL graph = resource(of(name).name() + "/" + GRAPH);
    return graph.getProtocol().equals("file")
        ? Path.of(URI.create(graph.toString())).getParent()
        : UNPACKED.compute(
            name,
            (key, there) ->
                there != null && Files.exists(there.resolve(GRAPH)) ? there : unpack(key));
  }

  private static Path unpack(String name) {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      Path place = Files.createTempDirectory("vae-tf-zoo-");
      Path folder = place.resolve(name);
      copy(name, folder);
      try (Stream<Path> all = Files.walk(place)) {
        // The last named goes first: what lies in a folder before the folder.
        all.forEach(path -> path.toFile().deleteOnExit());
      }
      return folder;
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(temporary, e);
    }
  }

  /**
   * Copies a model, whole or not at all.
   *
   * @param name without {@link #PREFIX}
   * @param folder where its SavedModel and its card are to lie, in place of what is there
   * @throws ConfigException if there is none of this name
   * @throws org.vaetf.base.OutputException if it cannot be written
   */
  public static void copy(String name, Path folder) {
    String model = of(name).name();
    AtomicOutput.write(
        folder,
        place -> {
          for (String file : FILES) {
            Path copy = place.resolve(file);
            Files.createDirectories(copy.getParent());
            try (InputStream in = open(model + "/" + file)) {
              Files.copy(in, copy);
            }
          }
        });
  }

  private static String text(String path) {
    try (InputStream in = open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String path) throws IOException {
    return resource(path).openStream();
  }

  private static URL resource(String path) {
    URL found = Zoo.class.getResource(FOLDER + path);
    if (found == null) {
      throw new DataException("zoo/" + path, "is missing in the jar; build it again");
    }
    return found;
  }
}
