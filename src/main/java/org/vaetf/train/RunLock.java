package org.vaetf.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.VaeException;

/**
 * Holds a run folder for one process: the operating system's lock on {@code .lock}, which names its
 * owner. A process that dies loses the lock, so nothing is left to be cleaned away; the file stays,
 * empty, as whoever deletes a lock file may delete another's.
 */
final class RunLock implements AutoCloseable {
  static final String FILE = ".lock";
  private static final int LONGEST_OWNER = 200;

  private final Path folder;
  private final FileChannel channel;

  /** What the file system knows the lock file by; null where it has no such thing. */
  private final Object identity;

  private RunLock(Path folder, FileChannel channel, Object identity) {
    this.folder = folder;
    this.channel = channel;
    this.identity = identity;
  }

  /**
   * Takes the lock.
   *
   * @param folder exists
   * @throws VaeException if another process, or another run of this one, has it; names the owner
   */
  static RunLock take(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        if (!lock(channel)) {
          throw taken(folder, channel);
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(owner().getBytes(StandardCharsets.UTF_8)), 0);
        return new RunLock(folder, channel, identity(file));
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(file, e);
    }
  }

  private static Object identity(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /** Whether the folder is still there, and no other one in its place. */
  boolean isHeld() {
    try {
      return Objects.equals(identity, identity(folder.resolve(FILE)));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Refuses to go on in a folder that was deleted under way: what is written next would bring back
   * a part of it, or end up in the run of another process.
   *
   * @throws VaeException if it was
   */
  void requireHeld() {
    if (!isHeld()) {
      throw new VaeException(
          folder
              + ": was deleted or replaced while the run was under way; nothing more is written; begin the run anew");
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static String owner() {
    return "process "
        + ProcessHandle.current().pid()
        + " since "
        + Instant.now().truncatedTo(ChronoUnit.SECONDS)
        + "\n";
  }

  private static VaeException taken(Path folder, FileChannel channel) throws IOException {
    ByteBuffer owner = ByteBuffer.allocate(LONGEST_OWNER);
    channel.read(owner, 0);
    String name = StandardCharsets.UTF_8.decode(owner.flip()).toString().strip();
    return new VaeException(
        folder
            + ": is in use by "
            + (name.isEmpty() ? "another process" : name)
            + "; wait until it is done or stop it, or choose another --out");
  }

  /** Gives the folder back. */
  @Override
  public void close() {
    try (channel) {
      channel.truncate(0);
    } catch (IOException e) {
      // The folder may be gone by now; the lock is in any case.
    }
  }
}
