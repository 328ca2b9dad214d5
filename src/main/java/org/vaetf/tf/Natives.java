package org.vaetf.tf;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.TimeZone;
import org.vaetf.base.VaeException;

/**
 * TensorFlow's native libraries. JavaCPP unpacks them from the jar (680 MB) when they are first
 * needed, and finds them there from then on.
 */
public final class Natives {
  /** JavaCPP's name for the folder. */
  public static final String FOLDER = "org.bytedeco.javacpp.cachedir";

  private static final String OURS_ALONE = "rwx------";

  private Natives() {}

  /**
   * Has them loaded by whatever first touches TensorFlow.
   *
   * <p>JavaCPP takes an unpacked library for that of the jar if it has the jar's time, and reads
   * that, as all zip files, in the local time zone. Two processes in two zones would unpack it
   * under each other's feet; so here all of them live in one.
   *
   * @param touch touches TensorFlow
   * @throws VaeException if they cannot be unpacked or loaded
   */
  public static void load(Runnable touch) {
    if (System.getProperty(FOLDER) == null) {
      Path home = Path.of(System.getProperty("user.home"));
      Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
      System.setProperty(FOLDER, folder(home, temporary).toString());
    }
    TimeZone zone = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    try {
      touch.run();
    } catch (LinkageError e) {
      throw cannotLoad(e);
    } finally {
      TimeZone.setDefault(zone);
    }
  }

  /**
   * Where they are unpacked to.
   *
   * @return a folder, once {@link #load} was called
   */
  public static String folder() {
    return System.getProperty(FOLDER);
  }

  /**
   * Chooses it: JavaCPP's own place, or where that cannot be written a folder among temporary files
   * that nobody else can have filled. A home that is read-only may hold them already.
   */
  static Path folder(Path home, Path temporary) {
    Path usual = home.resolve(".javacpp").resolve("cache");
    // Java calls the home of a user without one "?".
    return home.isAbsolute() && isWritable(usual) ? usual : ofOurOwn(temporary).orElse(usual);
  }

  /** Tries: permissions do not say that a file system is read-only, and mean nothing to root. */
  private static boolean isWritable(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, ".vae-tf-", ""));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The same folder each time; on a machine of many users, somebody else may have made it. */
  private static Optional<Path> ofOurOwn(Path temporary) {
    Path folder = temporary.resolve("vae-tf-natives-" + System.getProperty("user.name"));
    try {
      boolean shared = Files.getFileStore(temporary).supportsFileAttributeView("posix");
      try {
        if (shared) {
          Files.createDirectory(
              folder,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OURS_ALONE)));
        } else {
          Files.createDirectory(folder);
        }
      } catch (FileAlreadyExistsException e) {
        // Made by an earlier process, or not.
      }
      return !shared || isOurs(folder) ? Optional.of(folder) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean isOurs(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) || !isWritable(folder)) {
      return false;
    }
    Path probe = Files.createTempFile(folder, ".vae-tf-", "");
    try {
      return Files.getOwner(folder).equals(Files.getOwner(probe))
          && PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))
              .equals(OURS_ALONE);
    } finally {
      Files.delete(probe);
    }
  }

  private static VaeException cannotLoad(LinkageError e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return new VaeException(
        folder()
            + ": TensorFlow's native libraries cannot be unpacked there and loaded ("
            + String.valueOf(cause.getMessage()).lines().findFirst().orElse("")
            + "); expected a folder that can be written, with 700 MB free; delete what is in it if"
            + " it may be damaged, or name another: java -D"
            + FOLDER
            + "=FOLDER -jar vae-tf.jar …",
        e);
  }
}
