package org.vaetf.eval;

import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;

/**
 * How disentanglement is measured. The defaults encode about a quarter of a million rows.
 *
 * @param rows that MIG, SAP and DCI are computed from, and the variance of each dimension, drawn
 *     evenly from the factors' grid; their codes are held in memory
 * @param bins of each dimension, for MIG
 * @param votes that the FactorVAE and the β-VAE score's classifiers learn from
 * @param testVotes that these scores are the accuracy on
 * @param batch L, the rows that a vote is from for the FactorVAE score, or the pairs of rows for
 *     the β-VAE score
 * @param trees of each factor's forest, for DCI
 * @param depth of the trees at most
 * @param activeVariance that an active dimension's means vary by more than, see {@link
 *     ActiveUnits}; an autoencoder's code has no scale of its own, so there all dimensions but
 *     constant ones are active
 * @param seed of all that is drawn
 */
public record DisentanglementSettings(
    int rows,
    int bins,
    int votes,
    int testVotes,
    int batch,
    int trees,
    int depth,
    double activeVariance,
    long seed) {

  /**
   * Checks the numbers.
   *
   * @param rows at least 100
   * @param bins at least 2
   * @param votes at least 1
   * @param testVotes at least 1
   * @param batch at least 2
   * @param trees at least 1
   * @param depth at least 1
   * @param activeVariance 0 or more
   * @param seed any
   * @throws ConfigException if one is out of range, or the votes take 2^31 rows or more
   */
  public DisentanglementSettings {
    Check.atLeast("disentanglement.rows", rows, 100);
    Check.atLeast("disentanglement.bins", bins, 2);
    Check.atLeast("disentanglement.votes", votes, 1);
    Check.atLeast("disentanglement.testVotes", testVotes, 1);
    Check.atLeast("disentanglement.batch", batch, 2);
    Check.atLeast("disentanglement.trees", trees, 1);
    Check.atLeast("disentanglement.depth", depth, 1);
    Check.notNegative("disentanglement.activeVariance", activeVariance);
    if (((long) votes + testVotes) > Integer.MAX_VALUE / 2 / batch) {
      throw new ConfigException(
          "disentanglement.votes + testVotes",
          (long) votes + testVotes,
          "at most " + Integer.MAX_VALUE / 2 / batch + ", with batches of " + batch);
    }
  }

  /**
   * 10,000 rows in 20 bins; 800 votes to learn from and 400 to judge by, of 64 rows or pairs; 10
   * trees of depth 12; active above 0.01.
   *
   * @return the settings
   */
  public static DisentanglementSettings defaults() {
    return new DisentanglementSettings(10_000, 20, 800, 400, 64, 10, 12, 0.01, 0);
  }

  /**
   * How many rows are encoded in all, as progress counts them.
   *
   * @return {@code rows + 3 · batch · (votes + testVotes)}
   */
  public long encodedRows() {
    return rows + 3L * batch * (votes + testVotes);
  }

  /**
   * The same with another value of {@code rows}.
   *
   * @param value at least 100
   * @return a copy
   */
  public DisentanglementSettings withRows(int value) {
    return new DisentanglementSettings(
        value, bins, votes, testVotes, batch, trees, depth, activeVariance, seed);
  }

  /**
   * The same with another value of {@code bins}.
   *
   * @param value at least 2
   * @return a copy
   */
  public DisentanglementSettings withBins(int value) {
    return new DisentanglementSettings(
        rows, value, votes, testVotes, batch, trees, depth, activeVariance, seed);
  }

  /**
   * The same with another value of {@code votes}.
   *
   * @param value at least 1
   * @return a copy
   */
  public DisentanglementSettings withVotes(int value) {
    return new DisentanglementSettings(
        rows, bins, value, testVotes, batch, trees, depth, activeVariance, seed);
  }

  /**
   * The same with another value of {@code testVotes}.
   *
   * @param value at least 1
   * @return a copy
   */
  public DisentanglementSettings withTestVotes(int value) {
    return new DisentanglementSettings(
        rows, bins, votes, value, batch, trees, depth, activeVariance, seed);
  }

  /**
   * The same with another value of {@code batch}.
   *
   * @param value at least 2
   * @return a copy
   */
  public DisentanglementSettings withBatch(int value) {
    return new DisentanglementSettings(
        rows, bins, votes, testVotes, value, trees, depth, activeVariance, seed);
  }

  /**
   * The same with another value of {@code trees}.
   *
   * @param value at least 1
   * @return a copy
   */
  public DisentanglementSettings withTrees(int value) {
    return new DisentanglementSettings(
        rows, bins, votes, testVotes, batch, value, depth, activeVariance, seed);
  }

  /**
   * The same with another value of {@code depth}.
   *
   * @param value at least 1
   * @return a copy
   */
  public DisentanglementSettings withDepth(int value) {
    return new DisentanglementSettings(
        rows, bins, votes, testVotes, batch, trees, value, activeVariance, seed);
  }

  /**
   * The same with another value of {@code activeVariance}.
   *
   * @param value 0 or more
   * @return a copy
   */
  public DisentanglementSettings withActiveVariance(double value) {
    return new DisentanglementSettings(
        rows, bins, votes, testVotes, batch, trees, depth, value, seed);
  }

  /**
   * The same with another value of {@code seed}.
   *
   * @param value any
   * @return a copy
   */
  public DisentanglementSettings withSeed(long value) {
    return new DisentanglementSettings(
        rows, bins, votes, testVotes, batch, trees, depth, activeVariance, value);
  }
}
