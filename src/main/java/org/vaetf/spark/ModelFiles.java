package org.vaetf.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.DataException;

/** The files of a SavedModel, on their way to the machines of a cluster: packed into one. */
final class ModelFiles {
  private static final String GRAPH = "saved_model.pb";

  private ModelFiles() {}

  /**
   * Does something with a SavedModel that lies on any file system.
   *
   * @param place of a SavedModel, or of a run folder that holds one
   * @param work is given its folder on this machine
   */
  static <T> T fetched(String place, Configuration configuration, TemporaryFolder.Work<T> work) {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(place);
    try {
      FileSystem system = path.getFileSystem(configuration);
      if (system.getScheme().equals("file")) {
        return work.with(Path.of(path.toUri().getPath()));
      }
      org.apache.hadoop.fs.Path inside = new org.apache.hadoop.fs.Path(path, "saved_model");
      boolean run = system.exists(new org.apache.hadoop.fs.Path(inside, GRAPH));
      if (!system.exists(path)) {
        throw new DataException(place, "does not exist; check the path");
      }
      return TemporaryFolder.with(
          temporary -> {
            Path copy = temporary.resolve("model");
            fetch(system, run ? inside : path, copy);
            return work.with(copy);
          });
    } catch (IOException e) {
      throw DataException.unreadable(place, e);
    }
  }

  private static void fetch(FileSystem system, org.apache.hadoop.fs.Path from, Path to) {
    try {
      FileUtil.copy(system, from, to.toFile(), false, system.getConf());
    } catch (IOException e) {
      throw DataException.unreadable(from, e);
    }
  }

  /** Packs a SavedModel, or that of a run folder: the same files, the same bytes. */
  static byte[] packed(Path model) {
    Path folder = Files.exists(model.resolve(GRAPH)) ? model : model.resolve("saved_model");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Stream<Path> walk = Files.walk(folder);
        ZipOutputStream packed = new ZipOutputStream(bytes)) {
      // Weights do not compress.
      packed.setLevel(0);
      List<Path> files = walk.filter(Files::isRegularFile).sorted().toList();
      for (Path file : files) {
        ZipEntry entry = new ZipEntry(folder.relativize(file).toString().replace('\\', '/'));
        entry.setTime(0);
        packed.putNextEntry(entry);
        Files.copy(file, packed);
        packed.closeEntry();
      }
    } catch (IOException e) {
      throw DataException.unreadable(folder, e);
    }
    return bytes.toByteArray();
  }

  /** Does something with the files of a packed SavedModel. */
  static <T> T unpacked(byte[] packed, TemporaryFolder.Work<T> work) {
    return TemporaryFolder.with(
        folder -> {
          unpack(packed, folder);
          return work.with(folder);
        });
  }

  private static void unpack(byte[] bytes, Path folder) {
    try (ZipInputStream packed = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = packed.getNextEntry(); entry != null; entry = packed.getNextEntry()) {
        Path file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder)) {
          throw new DataException(folder, "is left by a packed file: " + entry.getName());
        }
        Files.createDirectories(file.getParent());
        Files.copy(packed, file);
      }
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(folder, e);
    }
  }
}
