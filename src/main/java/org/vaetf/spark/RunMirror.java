package org.vaetf.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.DataException;
import org.vaetf.base.VaeException;
import org.vaetf.train.RunFolder;

/**
 * A run folder on a file system of the cluster: what the first worker's own folder holds of it, as
 * of its newest checkpoint. Files and checkpoints are written beside their place and renamed, so
 * that whoever fetches the run finds whole ones.
 */
final class RunMirror {
  private static final String PART = ".part";
  private static final String CHECKPOINTS = "checkpoints";
  private static final String SUMS = "SHA256SUMS";
  private static final String SAVED_MODEL = "saved_model";

  private final Path place;

  /** Copies from and to a machine's own disk. */
  private final FileSystem system;

  /** Puts files in the place of others. */
  private final FileContext files;

  private RunMirror(Path place, FileSystem system, FileContext files) {
    this.place = place;
    this.system = system;
    this.files = files;
  }

  /**
   * A place for a run.
   *
   * @param place any path that Hadoop knows
   * @throws DataException if it is none
   */
  static RunMirror at(String place, Configuration configuration) {
    try {
      Path path = new Path(place);
      FileSystem system = path.getFileSystem(configuration);
      Path absolute = system.makeQualified(path);
      return new RunMirror(
          absolute, system, FileContext.getFileContext(absolute.toUri(), configuration));
    } catch (IOException | IllegalArgumentException e) {
      throw new DataException(place, "cannot be reached (" + e.getMessage() + "); check the path");
    }
  }

  /** Whether a run has begun there. */
  boolean hasRun() {
    return exists(new Path(place, "config.json"));
  }

  /** The configuration of the run there. */
  String config() {
    try {
      return new String(bytes(new Path(place, "config.json")), StandardCharsets.UTF_8);
    } catch (FileNotFoundException e) {
      throw new DataException(place, "holds no run; check the path");
    } catch (IOException e) {
      throw DataException.unreadable(place, e);
    }
  }

  /**
   * Refuses a place that is taken.
   *
   * @param overwrite whether a run that is there may be deleted
   * @throws VaeException if there is something that is to stay
   */
  void requireFree(boolean overwrite) {
    if (!exists(place) || isEmpty()) {
      return;
    }
    if (!overwrite) {
      throw new VaeException(
          place
              + ": exists already; choose another --out, or give --overwrite to begin anew, or --resume to go on");
    }
    if (!hasRun()) {
      throw new VaeException(
          place
              + ": is no run folder (it has no config.json), so --overwrite does not delete it; choose another --out");
    }
  }

  private boolean isEmpty() {
    try {
      return !files.listStatus(place).hasNext();
    } catch (IOException e) {
      throw DataException.unreadable(place, e);
    }
  }

  /** Removes what is there, and begins a run by its configuration. */
  void begin(String config) {
    try {
      delete(place);
      files.mkdir(place, null, true);
      write(new Path(place, "config.json"), config.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Copies the run to a folder of this machine, but for what was made of it at its end. */
  void fetch(java.nio.file.Path to) {
    try {
      Files.createDirectories(to);
      for (FileStatus entry : list(place)) {
        if (entry.isFile()) {
          fetch(entry, to);
        }
      }
      Path checkpoints = new Path(place, CHECKPOINTS);
      if (exists(checkpoints)) {
        java.nio.file.Path own = Files.createDirectories(to.resolve(CHECKPOINTS));
        for (FileStatus entry : list(checkpoints)) {
          fetch(entry, own);
        }
      }
    } catch (IOException e) {
      throw DataException.unreadable(place, e);
    }
  }

  /** Copies the metrics, if there are any yet, to a folder of this machine. */
  void fetchMetrics(java.nio.file.Path to) {
    RunFolder copy = new RunFolder(to);
    Path metrics = new Path(place, copy.metrics().getFileName().toString());
    try {
      Files.createDirectories(to);
      if (exists(metrics)) {
        fetch(files.getFileStatus(metrics), to);
      }
    } catch (IOException e) {
      throw DataException.unreadable(place, e);
    }
  }

  private void fetch(FileStatus from, java.nio.file.Path folder) throws IOException {
    String name = from.getPath().getName();
    if (!name.endsWith(PART)) {
      FileUtil.copy(system, from.getPath(), folder.resolve(name).toFile(), false, system.getConf());
    }
  }

  /** Brings the place up to date with a run of this machine. */
  void send(RunFolder run) {
    // Rows of epochs after the newest checkpoint are dropped by who goes on from it; a row before
    // it that was missing would be missed for good.
    sendMetrics(run);
    try {
      send(run.config());
      Path checkpoints = new Path(place, CHECKPOINTS);
      files.mkdir(checkpoints, null, true);
      List<String> own = new ArrayList<>();
      for (java.nio.file.Path checkpoint : entries(run.checkpoints())) {
        String name = checkpoint.getFileName().toString();
        if (name.matches("step-\\d+")) {
          own.add(name);
          sendCheckpoint(checkpoint, new Path(checkpoints, name));
        }
      }
      for (FileStatus there : list(checkpoints)) {
        if (!own.contains(there.getPath().getName())) {
          files.delete(there.getPath(), true);
        }
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** A run that has gone back may have written one anew, under its name. */
  private void sendCheckpoint(java.nio.file.Path checkpoint, Path target) throws IOException {
    byte[] own = Files.readAllBytes(checkpoint.resolve(SUMS));
    Path sums = new Path(target, SUMS);
    if (!exists(sums) || !Arrays.equals(own, bytes(sums))) {
      replace(checkpoint, target);
    }
  }

  /** Brings the rows of the epochs that are done. */
  void sendMetrics(RunFolder run) {
    try {
      send(run.metrics());
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Brings what the run has left at its end. */
  void finish(RunFolder run) {
    send(run);
    if (Files.exists(run.savedModel())) {
      try {
        replace(run.savedModel(), new Path(place, SAVED_MODEL));
      } catch (IOException e) {
        throw unwritable(e);
      }
    }
  }

  private void send(java.nio.file.Path file) throws IOException {
    if (Files.exists(file)) {
      replace(file, new Path(place, file.getFileName().toString()));
    }
  }

  /** Copies a file or a folder beside its place, and puts it there. */
  private void replace(java.nio.file.Path from, Path target) throws IOException {
    Path part = target.suffix(PART);
    delete(part);
    FileUtil.copy(from.toFile(), system, part, false, system.getConf());
    if (Files.isDirectory(from)) {
      delete(target);
    }
    files.rename(part, target, Options.Rename.OVERWRITE);
  }

  private void delete(Path path) throws IOException {
    if (exists(path)) {
      files.delete(path, true);
    }
  }

  private void write(Path file, byte[] bytes) throws IOException {
    EnumSet<CreateFlag> anew = EnumSet.of(CreateFlag.CREATE, CreateFlag.OVERWRITE);
    try (OutputStream out = files.create(file, anew)) {
      out.write(bytes);
    }
  }

  private byte[] bytes(Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return in.readAllBytes();
    }
  }

  private static List<java.nio.file.Path> entries(java.nio.file.Path folder) throws IOException {
    try (Stream<java.nio.file.Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }

  private List<FileStatus> list(Path folder) throws IOException {
    List<FileStatus> all = new ArrayList<>();
    for (RemoteIterator<FileStatus> entries = files.listStatus(folder); entries.hasNext(); ) {
      all.add(entries.next());
    }
    return all;
  }

  private boolean exists(Path path) {
    try {
      return files.util().exists(path);
    } catch (IOException e) {
      throw DataException.unreadable(path, e);
    }
  }

  private VaeException unwritable(IOException e) {
    return AtomicOutput.cannotWrite(java.nio.file.Path.of(place.toUri().getPath()), e);
  }
}
