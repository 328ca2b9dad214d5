package org.vaetf.spark;

import org.vaetf.base.Check;

/**
 * Where a run on a cluster lies, and how it begins.
 *
 * @param place of the run folder, any path that Hadoop knows and all executors can write to
 * @param start whether a run is there, and what becomes of it
 */
public record RunPlace(String place, Start start) {

  /** How a run begins. */
  public enum Start {
    /** In a place that is free. */
    NEW,
    /** In place of a run that is there. */
    OVERWRITE,
    /** From the newest checkpoint of the run that is there. */
    RESUME
  }

  /**
   * Checks that both are there.
   *
   * @param place of the run folder, any path that Hadoop knows and all executors can write to
   * @param start whether a run is there, and what becomes of it
   */
  public RunPlace {
    Check.present("out", place);
    Check.present("start", start);
  }

  /**
   * A place that is free.
   *
   * @param place any path that Hadoop knows
   * @return the place
   */
  public static RunPlace of(String place) {
    return new RunPlace(place, Start.NEW);
  }

  boolean overwrite() {
    return start == Start.OVERWRITE;
  }

  boolean resumes() {
    return start == Start.RESUME;
  }
}
