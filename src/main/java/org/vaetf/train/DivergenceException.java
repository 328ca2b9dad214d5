package org.vaetf.train;

import org.vaetf.base.VaeException;

/** A term of the objective is no longer a finite number. */
public class DivergenceException extends VaeException {
  private static final long serialVersionUID = 1L;

  /** The term that went first. */
  private final String term;

  /** NaN or an infinity. */
  private final float value;

  /** From 0. */
  private final long step;

  DivergenceException(String term, float value, long step, String kept) {
    super(
        "training diverged: "
            + term
            + " is "
            + value
            + " at step "
            + step
            + "; expected a finite number; "
            + kept
            + (step == 0
                ? "; nothing was learned yet: look for values that lie far from the others, set"
                    + " --scaling standardize, or give the likelihood a larger spread"
                : "; lower --learning-rate or set --clip-norm"));
    this.term = term;
    this.value = value;
    this.step = step;
  }

  /**
   * The term that went first.
   *
   * @return its name
   */
  public String term() {
    return term;
  }

  /**
   * What it became.
   *
   * @return NaN or an infinity
   */
  public float value() {
    return value;
  }

  /**
   * When.
   *
   * @return the step, from 0
   */
  public long step() {
    return step;
  }
}
