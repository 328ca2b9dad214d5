package org.vaetf.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.vaetf.base.DataException;

/**
 * The images of a folder: either in it, without labels, or in one sub-folder a class. In the order
 * of their names, where {@code 10} comes after {@code 9}. Names with a dot in front are ignored.
 *
 * @param files in order
 * @param labels one for each file, or empty
 * @param classes the sub-folders' names, where these are not numbers
 * @param <F> how a file is named
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over, as the labels of a data set are.
public record ImageFolder<F>(List<F> files, Optional<int[]> labels, List<String> classes) {

  /**
   * Where folders lie.
   *
   * @param <F> how a file or folder is named
   */
  public interface FileSystem<F> {

    /**
     * What is in a folder.
     *
     * @param folder its name
     * @return the entries, in any order
     * @throws IOException if it cannot be read
     */
    List<F> entries(F folder) throws IOException;

    /**
     * Whether there are entries in an entry.
     *
     * @param entry its name
     * @return true for a folder
     */
    boolean isFolder(F entry);

    /**
     * The last part of a name.
     *
     * @param entry its name
     * @return the name in its folder
     */
    String name(F entry);
  }

  /** The files of this machine. */
  private static final FileSystem<Path> LOCAL =
      new FileSystem<>() {
        @Override
        public List<Path> entries(Path folder) throws IOException {
          try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
          }
        }

        @Override
        public boolean isFolder(Path entry) {
          return Files.isDirectory(entry);
        }

        @Override
        public String name(Path entry) {
          return entry.getFileName().toString();
        }
      };

  static ImageFolder<Path> list(Path folder) {
    return list(folder, LOCAL);
  }

  /**
   * Lists a folder.
   *
   * @param folder its name
   * @param system where it lies
   * @param <F> how a file is named
   * @return its images
   * @throws DataException if there is anything but images, or it cannot be read
   */
  public static <F> ImageFolder<F> list(F folder, FileSystem<F> system) {
    List<F> entries = entries(folder, system);
    List<F> folders = entries.stream().filter(system::isFolder).toList();
    if (folders.isEmpty()) {
      entries.forEach(file -> requireImage(file, system));
      return new ImageFolder<>(entries, Optional.empty(), List.of());
    }
    if (folders.size() < entries.size()) {
      F file = entries.stream().filter(path -> !system.isFolder(path)).findFirst().get();
      throw new DataException(
          file, "lies beside sub-folders; expected either images or one sub-folder a class");
    }
    ClassNames names = new ClassNames();
    folders.forEach(path -> names.add(system.name(path)));
    List<F> files = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (F path : folders) {
      int label = ClassNames.label(system.name(path), names.list());
      for (F file : entries(path, system)) {
        requireImage(file, system);
        files.add(file);
        labels.add(label);
      }
    }
    int[] all = labels.stream().mapToInt(Integer::intValue).toArray();
    return new ImageFolder<>(List.copyOf(files), Optional.of(all), names.list());
  }

  private static <F> List<F> entries(F folder, FileSystem<F> system) {
    try {
      return system.entries(folder).stream()
          .filter(path -> !system.name(path).startsWith("."))
          .sorted(Comparator.comparing(system::name, ImageFolder::compareNames))
          .toList();
    } catch (IOException e) {
      throw DataException.unreadable(folder, e);
    }
  }

  private static <F> void requireImage(F file, FileSystem<F> system) {
    if (system.isFolder(file)) {
      throw new DataException(
          file, "is a folder in a class's folder; expected images; move them up or away");
    }
    if (!isImage(system.name(file))) {
      throw new DataException(
          file, "is not an image; expected .png, .jpg or .jpeg; remove it from the folder");
    }
  }

  static boolean isImage(Path file) {
    return isImage(file.getFileName().toString());
  }

  private static boolean isImage(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    return name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg");
  }

  /** Numbers by size, anything else by its letters. */
  private static int compareNames(String a, String b) {
    String stemA = a.replaceFirst("\\.[^.]*$", "");
    String stemB = b.replaceFirst("\\.[^.]*$", "");
    if (stemA.matches("\\d{1,18}") && stemB.matches("\\d{1,18}")) {
      int order = Long.compare(Long.parseLong(stemA), Long.parseLong(stemB));
      return order != 0 ? order : a.compareTo(b);
    }
    return a.compareTo(b);
  }
}
