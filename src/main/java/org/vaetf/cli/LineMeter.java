package org.vaetf.cli;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Plain lines with the time of day, for logs: one every ten seconds, so short work shows none. */
final class LineMeter implements Meter {
  private static final long EVERY = TimeUnit.SECONDS.toNanos(10);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  /** Where lines go. */
  interface Sink {
    void say(String format, Object... values);
  }

  private final Sink sink;
  private final String task;
  private final String unit;
  private final long total;
  private final long begun = System.nanoTime();
  private long shown = begun;
  private long done;

  LineMeter(Sink sink, String task, String unit, long total) {
    this.sink = sink;
    this.task = task;
    this.unit = unit;
    this.total = total;
  }

  @Override
  public void advance(long count) {
    done += count;
    long now = System.nanoTime();
    if (now - shown < EVERY) {
      return;
    }
    shown = now;
    double rate = done / ((now - begun) / 1e9);
    String left =
        total < 0
            ? ""
            : String.format(
                Locale.ROOT, " of %d, %.0f s left", total, Math.max(0, total - done) / rate);
    line(String.format(Locale.ROOT, "%s: %d %s%s, %.0f a second", task, done, unit, left, rate));
  }

  @Override
  public void line(String text) {
    sink.say("%s  %s", LocalDateTime.now(ZoneId.systemDefault()).format(TIME), text);
  }

  @Override
  public void close() {}
}
