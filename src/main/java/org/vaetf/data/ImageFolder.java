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
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over, as the labels of a data set are.
record ImageFolder(List<Path> files, Optional<int[]> labels, List<String> classes) {
  private static final Comparator<Path> BY_NAME =
      Comparator.comparing((Path path) -> path.getFileName().toString(), ImageFolder::compareNames);

  static ImageFolder list(Path folder) {
    List<Path> entries = entries(folder);
    List<Path> folders = entries.stream().filter(Files::isDirectory).toList();
    if (folders.isEmpty()) {
      entries.forEach(ImageFolder::requireImage);
      return new ImageFolder(entries, Optional.empty(), List.of());
    }
    if (folders.size() < entries.size()) {
      Path file = entries.stream().filter(path -> !Files.isDirectory(path)).findFirst().get();
      throw new DataException(
          file, "lies beside sub-folders; expected either images or one sub-folder a class");
    }
    ClassNames names = new ClassNames();
    folders.forEach(path -> names.add(path.getFileName().toString()));
    List<Path> files = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (Path path : folders) {
      int label = ClassNames.label(path.getFileName().toString(), names.list());
      for (Path file : entries(path)) {
        requireImage(file);
        files.add(file);
        labels.add(label);
      }
    }
    int[] all = labels.stream().mapToInt(Integer::intValue).toArray();
    return new ImageFolder(List.copyOf(files), Optional.of(all), names.list());
  }

  private static List<Path> entries(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(path -> !path.getFileName().toString().startsWith("."))
          .sorted(BY_NAME)
          .toList();
    } catch (IOException e) {
      throw DataException.unreadable(folder, e);
    }
  }

  private static void requireImage(Path file) {
    if (Files.isDirectory(file)) {
      throw new DataException(
          file, "is a folder in a class's folder; expected images; move them up or away");
    }
    if (!isImage(file)) {
      throw new DataException(
          file, "is not an image; expected .png, .jpg or .jpeg; remove it from the folder");
    }
  }

  static boolean isImage(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
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
