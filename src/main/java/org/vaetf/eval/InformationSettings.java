package org.vaetf.eval;

import org.vaetf.base.Check;

/**
 * How the information in a latent code is measured.
 *
 * @param rows n of {@link KlDecomposition}: how many rows, drawn without replacement, make up the
 *     aggregated posterior, all where there are fewer. Time grows with {@code rows² · draws ·
 *     latent} (4,000 rows of 20 dimensions: about a second), the information with log n at most
 * @param draws of z for each of these rows, at least 1; also of {@code score}, where the KL with
 *     the prior has no closed form
 * @param activeVariance that an active dimension's means vary by more than, see {@link ActiveUnits}
 * @param seed of the choice of rows and of the draws
 */
public record InformationSettings(int rows, int draws, double activeVariance, long seed) {

  /**
   * Checks the numbers.
   *
   * @param rows at least 2
   * @param draws at least 1
   * @param activeVariance 0 or more
   * @param seed any
   * @throws org.vaetf.base.ConfigException if one is out of range
   */
  public InformationSettings {
    Check.atLeast("information.rows", rows, 2);
    Check.atLeast("information.draws", draws, 1);
    Check.notNegative("information.activeVariance", activeVariance);
  }

  /**
   * 4,000 rows with one draw each, active above 0.01.
   *
   * @return the settings
   */
  public static InformationSettings defaults() {
    return new InformationSettings(4000, 1, 0.01, 0);
  }

  /**
   * The same with another value of {@code rows}.
   *
   * @param value at least 2
   * @return a copy
   */
  public InformationSettings withRows(int value) {
    return new InformationSettings(value, draws, activeVariance, seed);
  }

  /**
   * The same with another value of {@code draws}.
   *
   * @param value at least 1
   * @return a copy
   */
  public InformationSettings withDraws(int value) {
    return new InformationSettings(rows, value, activeVariance, seed);
  }

  /**
   * The same with another value of {@code activeVariance}.
   *
   * @param value 0 or more
   * @return a copy
   */
  public InformationSettings withActiveVariance(double value) {
    return new InformationSettings(rows, draws, value, seed);
  }

  /**
   * The same with another value of {@code seed}.
   *
   * @param value any
   * @return a copy
   */
  public InformationSettings withSeed(long value) {
    return new InformationSettings(rows, draws, activeVariance, value);
  }
}
