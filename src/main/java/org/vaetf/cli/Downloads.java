package org.vaetf.cli;

import org.vaetf.data.DataSources;
import org.vaetf.data.Mnist;

/** Data sources whose downloads show on the console. */
final class Downloads {
  private Downloads() {}

  /**
   * The sources.
   *
   * @param console told when a file begins to come, and every tenth of it
   */
  static DataSources shownOn(Console console) {
    long[] shown = {0};
    return new DataSources(
        Mnist.ofUser(),
        (file, done, total) -> {
          long tenth = total > 0 ? 10 * done / total : done >> 22;
          if (tenth != shown[0]) {
            shown[0] = tenth;
            console.say(
                "downloading %s: %.1f%s MB",
                file, done / 1e6, total > 0 ? " of " + Math.round(total / 1e6) : "");
          }
        });
  }
}
