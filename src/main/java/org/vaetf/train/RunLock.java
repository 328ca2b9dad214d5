package org.vaetf.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
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
      if (!lock(channel)) {
        try (channel) {
          throw taken(folder, channel);
        }
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(owner().getBytes(StandardCharsets.UTF_8)), 0);
      return new RunLock(channel);
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(file, e);
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
