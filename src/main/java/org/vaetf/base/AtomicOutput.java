package org.vaetf.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file or folder that appears whole or not at all: written under its name in a temporary folder
 * beside its place, synced, then moved there. Close without {@link #commit} and nothing is left.
 */
public final class AtomicOutput implements AutoCloseable {

  private static final String PREFIX = ".vae-tf-";
  private static final String OLD = ".old";

  /**
   * The temporary folder, with {@code .old} that of what has stepped aside. Both hold it under its
   * own name: were the name part of theirs, they would be too long for one of 255 bytes.
   */
  private static final Pattern TEMPORARY =
      Pattern.compile(Pattern.quote(PREFIX) + "\\d+(" + Pattern.quote(OLD) + ")?");

  /** What writes the content. */
  @FunctionalInterface
  public interface Writer {
    /**
     * Writes to a place that nobody else looks at yet.
     *
     * @param place the temporary file or folder
     * @throws IOException if it cannot be written
     */
    void write(Path place) throws IOException;
  }

  private final Path target;
  private final Path workplace;

  private AtomicOutput(Path target) {
    this.target = target.toAbsolutePath().normalize();
    Path parent = this.target.getParent();
    if (parent == null) {
      throw new VaeException(
          target
              + ": cannot be written: it is the root of a file system; name a file or folder below it");
    }
    try {
      Files.createDirectories(parent);
      this.workplace = Files.createTempDirectory(parent, PREFIX);
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  /**
   * Begins an output.
   *
   * @param target where it is to appear; missing parent folders are made
   * @return the open output, owned by the caller
   * @throws OutputException if the parent folder cannot be made or written
   */
  public static AtomicOutput begin(Path target) {
    return new AtomicOutput(target);
  }

  /**
   * Writes a file or folder whole or not at all, in place of what is there.
   *
   * @param target where it is to appear
   * @param writer writes the content
   * @throws OutputException if it cannot be written
   */
  public static void write(Path target, Writer writer) {
    try (AtomicOutput output = begin(target)) {
      writer.write(output.temporary());
      output.commit();
    } catch (IOException | UncheckedIOException e) {
      throw cannotWrite(target, e);
    }
  }

  /**
   * Where to write.
   *
   * @return the temporary file or folder; it does not exist yet
   */
  public Path temporary() {
    return workplace.resolve(target.getFileName());
  }

  /**
   * Syncs what was written to the disk and gives it its name, in place of a file or folder of that
   * name.
   *
   * @throws OutputException if the disk or the file system refuses
   */
  public void commit() {
    try {
      sync(temporary());
      if (Files.isDirectory(target)) {
        replaceFolder();
      } else {
        move();
      }
      syncFolder(target.getParent());
      close();
    } catch (IOException | UncheckedIOException e) {
      throw cannotWrite(target, e);
    }
  }

  /** Removes what was not committed. Idempotent. */
  @Override
  public void close() {
    try {
      deleteTree(workplace);
    } catch (UncheckedIOException e) {
      // The failure that brought us here is the one to report.
    }
  }

  /**
   * Whether a file or folder is one that is being written, or was when a process died.
   *
   * @param place looked at by its name alone
   * @return true for what {@link #recover} puts in order
   */
  public static boolean isTemporary(Path place) {
    return TEMPORARY.matcher(String.valueOf(place.getFileName())).matches();
  }

  /**
   * Puts in order what processes have left that died while they wrote into a folder: a folder that
   * had stepped aside goes back to its place if that is free, and all else that was temporary goes.
   * Not while another process writes there.
   *
   * @param folder whose entries are looked at; may be missing
   * @throws OutputException if something cannot be moved or deleted
   */
  public static void recover(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try {
      for (Path left : list(folder)) {
        Matcher name = TEMPORARY.matcher(left.getFileName().toString());
        if (name.matches() && name.group(1) != null) {
          for (Path aside : list(left)) {
            Path place = folder.resolve(aside.getFileName());
            if (!Files.exists(place)) {
              Files.move(aside, place);
            }
          }
        }
      }
      list(folder).stream().filter(AtomicOutput::isTemporary).forEach(AtomicOutput::deleteTree);
    } catch (IOException | UncheckedIOException e) {
      throw cannotWrite(folder, e);
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  /**
   * Removes a file, or a folder and all in it, whole or not at all: it takes a temporary name
   * first, so that nobody finds half of it.
   *
   * @param target is there
   * @throws OutputException if it cannot be moved or deleted
   */
  public static void remove(Path target) {
    Path aside = target.resolveSibling(PREFIX + Long.toUnsignedString(System.nanoTime()));
    try {
      Files.move(target, aside, StandardCopyOption.ATOMIC_MOVE);
      deleteTree(aside);
    } catch (IOException | UncheckedIOException e) {
      throw cannotWrite(target, e);
    }
  }

  /**
   * Deletes a file, or a folder and all in it.
   *
   * @param root what to delete; may be missing
   * @throws UncheckedIOException if something cannot be deleted
   */
  public static void deleteTree(Path root) {
    try (Stream<Path> tree = Files.walk(root)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException e) {
      // Nothing there: done.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The one line for a place that cannot be written.
   *
   * @param place the file or folder
   * @param cause why
   * @return an exception to throw
   */
  public static OutputException cannotWrite(Path place, Exception cause) {
    return new OutputException(
        place,
        "cannot be written (" + reason(cause) + "); make room there or choose another place",
        cause);
  }

  private static String reason(Exception cause) {
    Throwable failure = cause;
    while (failure.getCause() instanceof IOException inner) {
      // What writes pictures tells only in its cause why it could not.
      failure = inner;
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "a file stands where a folder is needed: " + failure.getMessage();
    }
    if (failure instanceof NoSuchFileException) {
      return "it has gone, or its folder has: " + failure.getMessage();
    }
    if (failure instanceof AccessDeniedException) {
      return "no permission: " + failure.getMessage();
    }
    // The system's own words, as "No space left on device", need no name of a class before them.
    boolean plain =
        failure.getClass() == IOException.class || failure.getClass() == FileSystemException.class;
    return plain && failure.getMessage() != null
        ? failure.getMessage()
        : failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }

  /** No system puts one folder in another's place at once: the old one steps aside, whole. */
  private void replaceFolder() throws IOException {
    Path old = workplace.resolveSibling(workplace.getFileName() + OLD);
    Files.createDirectory(old);
    Path aside = old.resolve(target.getFileName());
    Files.move(target, aside);
    try {
      move();
    } catch (IOException e) {
      Files.move(aside, target);
      Files.delete(old);
      throw e;
    }
    deleteTree(old);
  }

  private void move() throws IOException {
    try {
      Files.move(temporary(), target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary(), target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void sync(Path root) throws IOException {
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        if (Files.isDirectory(path)) {
          syncFolder(path);
        } else {
          try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.force(true);
          }
        }
      }
    }
  }

  private static void syncFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Some systems, Windows among them, do not let a folder be opened: the rename is as safe as
      // it gets there.
    }
  }
}
