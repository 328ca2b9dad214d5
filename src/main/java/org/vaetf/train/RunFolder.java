package org.vaetf.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.DataException;
import org.vaetf.base.Json;
import org.vaetf.base.OutputException;
import org.vaetf.base.VaeException;

/**
 * A run's folder: {@code config.json}, {@code metrics.csv}, {@code checkpoints/}, {@code
 * saved_model/}, {@code plots/}, {@code epochs/} and {@code events/}; {@code .lock} while a process
 * works on it.
 *
 * @param path the folder
 */
public record RunFolder(Path path) {

  /**
   * Makes a new run folder, empty but for its lock.
   *
   * @param path where; missing parents are made
   * @param overwrite whether a run that is there is deleted first
   * @return the folder's lock, the caller's to close
   * @throws VaeException if something is there and is not to be overwritten, another process works
   *     on it, or the folder cannot be written
   */
  static RunLock create(Path path, boolean overwrite) {
    requireFree(path, overwrite);
    boolean there = Files.exists(path);
    try {
      Files.createDirectories(path);
      RunLock lock = RunLock.take(path);
      try {
        clear(path);
        return lock;
      } catch (RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (OutputException e) {
      if (!there) {
        AtomicOutput.deleteTree(path);
      }
      throw e;
    } catch (IOException | UncheckedIOException e) {
      throw AtomicOutput.cannotWrite(path, e);
    }
  }

  /** The configuration goes last: by it alone a run is known that may be overwritten. */
  private static void clear(Path path) {
    Path config = new RunFolder(path).config();
    for (Path entry : entries(path)) {
      if (!entry.equals(config)) {
        AtomicOutput.remove(entry);
      }
    }
    if (Files.exists(config)) {
      AtomicOutput.remove(config);
    }
  }

  /**
   * Refuses a place that is taken, and touches nothing.
   *
   * @param path where a run is to lie
   * @param overwrite whether a run that is there may be deleted
   * @throws VaeException if a file is there, a folder that is no run, or a run that is to stay
   */
  static void requireFree(Path path, boolean overwrite) {
    if (!Files.exists(path)) {
      return;
    }
    if (!Files.isDirectory(path)) {
      throw new VaeException(
          path + ": is a file; expected a folder for the run; choose another --out");
    }
    if (isEmpty(path)) {
      return;
    }
    if (!overwrite) {
      throw new VaeException(
          path
              + ": exists already; choose another --out, or give --overwrite to begin anew, or --resume to go on");
    }
    if (!Files.exists(new RunFolder(path).config())) {
      throw new VaeException(
          path
              + ": is no run folder (it has no config.json), so --overwrite does not delete it; choose another --out");
    }
  }

  /** Deletes the folder of a run that failed before it had anything to go on from. */
  void removeUnlessBegun(RunLock lock) {
    if (lock.isHeld() && (!Files.isDirectory(checkpoints()) || isEmpty(checkpoints()))) {
      try {
        AtomicOutput.deleteTree(path);
      } catch (UncheckedIOException e) {
        // The failure that brought us here is the one to report.
      }
    }
  }

  private static boolean isEmpty(Path path) {
    return entries(path).stream().allMatch(AtomicOutput::isTemporary);
  }

  /** All but the lock. */
  private static List<Path> entries(Path path) {
    try (Stream<Path> entries = Files.list(path)) {
      return entries.filter(entry -> !entry.endsWith(RunLock.FILE)).toList();
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(path, e);
    }
  }

  /**
   * Opens the folder of a run that has begun.
   *
   * @param path the folder
   * @return the folder
   * @throws VaeException if it is no run folder
   */
  public static RunFolder existing(Path path) {
    RunFolder folder = new RunFolder(path);
    if (!Files.isRegularFile(folder.config())) {
      throw new VaeException(
          path
              + ": is no run folder: it has no config.json; check the path, or train without --resume");
    }
    return folder;
  }

  /** Puts in order what a process has left that died while it wrote. For who holds the lock. */
  void recover() {
    AtomicOutput.recover(path);
    for (Path folder : List.of(checkpoints(), epochs(), plots())) {
      AtomicOutput.recover(folder);
    }
  }

  /**
   * Reads the run's configuration.
   *
   * @return what {@code config.json} holds
   * @throws DataException if the file does not hold a configuration
   */
  public RunConfig readConfig() {
    return RunConfig.read(config());
  }

  /**
   * Reads what the run's epochs gave. The run may be under way: a last line that is cut short, as
   * while it is written, is left out.
   *
   * @return what {@code metrics.csv} holds, at least one epoch
   * @throws DataException if there is no file or no epoch in it yet, or it is damaged
   */
  public RunMetrics readMetrics() {
    if (!Files.exists(metrics())) {
      throw new DataException(
          path, "has no metrics yet (no metrics.csv); train it, or check the path");
    }
    return MetricsFile.read(metrics());
  }

  /**
   * Writes the run's configuration.
   *
   * @param config everything needed to repeat the run
   */
  void writeConfig(RunConfig config) {
    AtomicOutput.write(config(), place -> Files.writeString(place, Json.write(config) + "\n"));
  }

  /**
   * The configuration.
   *
   * @return {@code config.json}
   */
  public Path config() {
    return path.resolve("config.json");
  }

  /**
   * One row an epoch.
   *
   * @return {@code metrics.csv}
   */
  public Path metrics() {
    return path.resolve("metrics.csv");
  }

  /**
   * The checkpoints.
   *
   * @return {@code checkpoints}
   */
  public Path checkpoints() {
    return path.resolve("checkpoints");
  }

  /**
   * The export of the best checkpoint.
   *
   * @return {@code saved_model}
   */
  public Path savedModel() {
    return path.resolve("saved_model");
  }

  /**
   * Pictures.
   *
   * @return {@code plots}
   */
  public Path plots() {
    return path.resolve("plots");
  }

  /**
   * A picture of each kept epoch.
   *
   * @return {@code epochs}
   */
  public Path epochs() {
    return path.resolve("epochs");
  }

  /**
   * What TensorBoard shows.
   *
   * @return {@code events}
   */
  public Path events() {
    return path.resolve("events");
  }

  /**
   * A page about the run.
   *
   * @return {@code report.html}
   */
  public Path report() {
    return path.resolve("report.html");
  }
}
