package org.vaetf.events;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.OutputException;

/**
 * A file of events, each a record. A process that dies leaves a cut last record at most, which
 * readers pass over; the next process begins a file of its own.
 *
 * <p>A folder's files are read in the order of their names, which is why a name holds the second in
 * which the file was begun, or a later one where an older file has that already. Each file begins
 * with its version and a session's start. From the second start on, readers drop what they have
 * read of its step and later ones: steps that are done again after a run was cut off.
 *
 * <p>Owns the open file: close it.
 */
final class EventFile implements AutoCloseable {
  private static final String VERSION = "brain.Event:2";
  private static final String PREFIX = "events.out.tfevents.";
  private static final Pattern NAME = Pattern.compile(Pattern.quote(PREFIX) + "(\\d{1,18})\\b.*");

  private final Path path;
  private final Clock clock;
  private final OutputStream out;

  private EventFile(Path path, Clock clock) throws IOException {
    this.path = path;
    this.clock = clock;
    this.out = new BufferedOutputStream(Files.newOutputStream(path, StandardOpenOption.CREATE_NEW));
  }

  /**
   * Begins a file.
   *
   * @param folder made where it is missing
   * @param step the first that the file will tell of
   * @param clock gives events their time
   * @return the open file
   * @throws OutputException if the folder cannot be written
   */
  static EventFile begin(Path folder, long step, Clock clock) {
    try {
      Files.createDirectories(folder);
      long second = Math.max(clock.instant().getEpochSecond(), newest(folder) + 1);
      EventFile file = new EventFile(folder.resolve(PREFIX + second + ".vae-tf"), clock);
      file.write(file.event(0).setFileVersion(VERSION));
      file.start(step);
      return file;
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(folder, e);
    }
  }

  private static long newest(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> NAME.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .mapToLong(name -> Long.parseLong(name.group(1)))
          .max()
          .orElse(0);
    }
  }

  /** Where it lies. */
  Path path() {
    return path;
  }

  /**
   * Notes that the run goes on from a step: what was told of it and of later ones is void.
   *
   * @param step the next one
   * @throws OutputException if the file cannot be written
   */
  void start(long step) {
    write(
        event(step)
            .setSessionLog(
                SessionLog.newBuilder().setStatus(SessionLog.SessionStatus.START).build()));
  }

  /**
   * Adds what there is to tell of a step.
   *
   * @param step steps done in all
   * @param summary values by tag
   * @throws OutputException if the file cannot be written
   */
  void add(long step, Summary summary) {
    write(event(step).setSummary(summary));
  }

  private Event.Builder event(long step) {
    return Event.newBuilder().setWallTime(clock.millis() / 1e3).setStep(step);
  }

  private void write(Event.Builder event) {
    try {
      out.write(TfRecord.of(event.build().toByteArray()));
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(path, e);
    }
  }

  /**
   * Hands all events to the system, so that readers see them.
   *
   * @throws OutputException if the file cannot be written
   */
  void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(path, e);
    }
  }

  /** Writes what is left and closes the file. Idempotent. */
  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(path, e);
    }
  }
}
