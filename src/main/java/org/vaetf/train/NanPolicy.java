package org.vaetf.train;

import org.vaetf.base.Named;

/** What is done where a term of the objective is NaN or infinite. */
public enum NanPolicy implements Named {
  /** The run ends with a {@link DivergenceException}; what was reached before stays. */
  STOP,
  /**
   * A step with a gradient that is not finite moves no weight: it is taken with gradients and a
   * learning rate of 0, so that the optimizer's own means forget by one step. The terms of such a
   * batch are left out of the epoch's.
   */
  SKIP,
  /**
   * The run goes back to its best epoch, or its beginning where there is none yet, and on from
   * there at half the learning rate; after {@link #MOST_CUTS} such times it ends as with {@link
   * #STOP}.
   */
  REDUCE_LR;

  /** So often is the rate halved before a run is given up: to a thousandth. */
  static final int MOST_CUTS = 10;
}
