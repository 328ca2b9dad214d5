package org.vaetf.sampler;

/** Is told how a fit comes along, on the thread that fits. */
@FunctionalInterface
public interface FitListener {

  /**
   * A turn is done: an iteration, or an epoch.
   *
   * @param turn from 1
   * @param most turns there may be; a fit may end before
   * @param logDensity mean log-density, or a lower bound of it, as of this turn, nats
   */
  void onTurn(int turn, int most, double logDensity);
}
