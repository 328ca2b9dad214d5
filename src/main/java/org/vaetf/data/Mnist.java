package org.vaetf.data;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.DataException;

/**
 * The complete MNIST (LeCun and Cortes): 60,000 training and 10,000 test digits, from the user's
 * cache folder, or downloaded into it the first time. What the cache holds is checked by SHA-256
 * each time it is opened; files that somebody puts there by hand will do.
 */
public final class Mnist {
  private static final List<URI> MIRRORS =
      List.of(
          URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
          URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"));

  /** The checksums are those of the unpacked files: archives differ with the packer. */
  private static final List<PublishedFile> FILES =
      List.of(
          new PublishedFile(
              "train-images-idx3-ubyte",
              47_040_016,
              "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
          new PublishedFile(
              "train-labels-idx1-ubyte",
              60_008,
              "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
          new PublishedFile(
              "t10k-images-idx3-ubyte",
              7_840_016,
              "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
          new PublishedFile(
              "t10k-labels-idx1-ubyte",
              10_008,
              "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));

  private final Path folder;
  private final List<URI> mirrors;
  private final List<PublishedFile> files;

  /**
   * MNIST in a folder of one's choice.
   *
   * @param folder where the files are kept
   * @param mirrors where to look for missing files, each ending in a slash, in this order
   */
  public Mnist(Path folder, List<URI> mirrors) {
    this(folder, mirrors, FILES);
  }

  Mnist(Path folder, List<URI> mirrors, List<PublishedFile> files) {
    this.folder = folder;
    this.mirrors = List.copyOf(mirrors);
    this.files = List.copyOf(files);
  }

  /**
   * MNIST in the user's cache, from its public mirrors.
   *
   * @return nothing is read or downloaded yet
   */
  public static Mnist ofUser() {
    return new Mnist(
        cacheFolder(System.getenv(), System.getProperties()).resolve("mnist"), MIRRORS);
  }

  /**
   * Where downloads are kept: {@code VAETF_CACHE} where the environment has it, else the system's
   * place for a user's caches.
   */
  static Path cacheFolder(Map<String, String> environment, Map<?, ?> properties) {
    String own = environment.getOrDefault("VAETF_CACHE", "");
    if (!own.isEmpty()) {
      return Path.of(own);
    }
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    if (!xdg.isEmpty()) {
      return Path.of(xdg, "vae-tf");
    }
    String system = String.valueOf(properties.get("os.name"));
    String home = String.valueOf(properties.get("user.home"));
    String local = environment.getOrDefault("LOCALAPPDATA", "");
    if (system.startsWith("Windows") && !local.isEmpty()) {
      return Path.of(local, "vae-tf");
    }
    return system.startsWith("Mac")
        ? Path.of(home, "Library", "Caches", "vae-tf")
        : Path.of(home, ".cache", "vae-tf");
  }

  /**
   * Opens the digits, after downloading what is missing.
   *
   * @param progress told how downloads come along
   * @return 60,000 rows {@code [28, 28, 1]} to learn from and 10,000 to test on, owned by the
   *     caller
   * @throws DataException if files are missing and no mirror has them; the message says which to
   *     put where
   */
  public DataSplit open(DownloadProgress progress) {
    for (PublishedFile file : files) {
      if (!present(file)) {
        download(file, progress);
      }
    }
    return new MnistFolder(folder).open("mnist");
  }

  /** Whether a file is in the cache and sound; an archive of it is unpacked. */
  private boolean present(PublishedFile file) {
    Path plain = folder.resolve(file.name());
    Path packed = folder.resolve(file.name() + ".gz");
    try {
      if (Files.isRegularFile(plain) && file.isSound(plain)) {
        return true;
      }
      if (Files.isRegularFile(packed)) {
        AtomicOutput.write(plain, place -> file.unpack(Files.newInputStream(packed), place));
        return true;
      }
      return false;
    } catch (DataException e) {
      return false;
    } catch (IOException e) {
      throw DataException.unreadable(plain, e);
    }
  }

  private void download(PublishedFile file, DownloadProgress progress) {
    StringBuilder failures = new StringBuilder();
    for (URI mirror : mirrors) {
      URI address = mirror.resolve(file.name() + ".gz");
      try {
        AtomicOutput.write(
            folder.resolve(file.name()),
            place -> file.unpack(Download.open(address, file.name(), progress), place));
        return;
      } catch (DataException e) {
        failures.append(failures.isEmpty() ? "" : "; ").append(e.getMessage());
      }
    }
    throw new DataException(
        folder,
        "MNIST cannot be downloaded ("
            + failures
            + "); put these files there, with or without .gz: "
            + files.stream().map(PublishedFile::name).collect(Collectors.joining(", "))
            + "; or use the built-in data set mnist-10k");
  }
}
