package org.vaetf.group;

import java.util.List;

/**
 * Processes that train one model together, each on rows of its own. All of them make the same calls
 * in the same order; each call returns the same in all of them, to the bit.
 */
public interface Group {

  /**
   * The number of this process.
   *
   * @return from 0; below {@link #size}
   */
  int rank();

  /**
   * How many processes there are.
   *
   * @return at least 1
   */
  int size();

  /**
   * Puts the weighted mean {@code Σ_r w_r v_r / Σ_r w_r} over the processes r, entry by entry, in
   * the place of their values. Where another process is lost, what the values are is undefined.
   *
   * @param values v of this process; every process has as many
   * @param weight w of this process, at least 0; above 0 for one process at least
   * @throws LostProcessException if another process cannot be reached any longer
   */
  void average(float[] values, long weight);

  /**
   * A text of each process.
   *
   * @param own that of this process
   * @return in the order of their numbers
   * @throws LostProcessException if another process cannot be reached any longer
   */
  List<String> all(String own);

  /**
   * A process without others.
   *
   * @return a group of one, which exchanges nothing
   */
  static Group alone() {
    return Alone.ALONE;
  }
}
