package org.vaetf.train;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Named;

/**
 * How far a checkpoint is from the next: {@code 2epochs}, {@code 500steps} or {@code 10minutes}. By
 * the clock of the machine's own running, which nobody sets: minutes are not those of the day.
 *
 * @param count how many, at least 1
 * @param unit of what
 */
public record CheckpointInterval(int count, Unit unit) {
  /** At the end of each epoch. */
  public static final CheckpointInterval EVERY_EPOCH = new CheckpointInterval(1, Unit.EPOCHS);

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(epoch|step|minute)s?");
  private static final long NANOS_A_MINUTE = 60_000_000_000L;

  /** What is counted. */
  public enum Unit implements Named {
    /** Whole epochs of the run, from its beginning. */
    EPOCHS,
    /** Steps of the run, from its beginning. */
    STEPS,
    /** Minutes since the last checkpoint, or since the process began to train. */
    MINUTES
  }

  /**
   * Checks the parts.
   *
   * @param count how many, at least 1
   * @param unit of what
   * @throws ConfigException if the count is below 1 or the unit is missing
   */
  public CheckpointInterval {
    Check.atLeast("checkpointEvery", count, 1);
    Check.present("unit of checkpointEvery", unit);
  }

  /**
   * Reads an interval.
   *
   * @param text a whole number and {@code epochs}, {@code steps} or {@code minutes}, or the
   *     singular
   * @return the interval
   * @throws ConfigException if it is none
   */
  @JsonCreator
  public static CheckpointInterval of(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new ConfigException(
          "checkpointEvery",
          "'" + text + "'",
          "a whole number and epochs, steps or minutes, as 2epochs, 500steps or 10minutes");
    }
    Unit unit = Unit.valueOf((form.group(2) + "s").toUpperCase(Locale.ROOT));
    return new CheckpointInterval(Integer.parseInt(form.group(1)), unit);
  }

  /** Whether a checkpoint is due at the end of an epoch, counted from 1. */
  boolean dueAfterEpoch(int epoch) {
    return unit == Unit.EPOCHS && epoch % count == 0;
  }

  /** Whether a checkpoint is due after a step, counted from 1, and so long after the last one. */
  boolean dueAfterStep(long step, long nanosSinceLast) {
    return switch (unit) {
      case EPOCHS -> false;
      case STEPS -> step % count == 0;
      case MINUTES -> nanosSinceLast >= count * NANOS_A_MINUTE;
    };
  }

  @Override
  @JsonValue
  public String toString() {
    return count + unit.label();
  }
}
