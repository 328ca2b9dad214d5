package org.vaetf.eval;

import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;

/**
 * How generated data is judged.
 *
 * @param rows at most so many of the real and of the generated ones are compared, at least 2;
 *     results depend on it, so compare only what was found with the same
 * @param neighbours k, how many nearest points a ball of the manifold reaches to; 3 in the paper
 * @param seed of which rows are picked where there are more
 * @param threads for distances between rows; 0 for one a core
 */
public record GenerationSettings(int rows, int neighbours, long seed, int threads) {

  /**
   * Checks the numbers.
   *
   * @param rows at most so many of the real and of the generated ones are compared, at least 2;
   *     results depend on it, so compare only what was found with the same
   * @param neighbours k, how many nearest points a ball of the manifold reaches to; 3 in the paper
   * @param seed of which rows are picked where there are more
   * @param threads for distances between rows; 0 for one a core
   * @throws ConfigException if there are fewer than two rows, no neighbours, as many neighbours as
   *     rows or more, or the number of threads is negative
   */
  public GenerationSettings {
    Check.atLeast("rows to compare", rows, 2);
    Check.atLeast("neighbours", neighbours, 1);
    Check.atLeast("threads", threads, 0);
    if (neighbours >= rows) {
      throw new ConfigException(
          "neighbours", neighbours, "fewer than " + rows + ", the rows to compare");
    }
  }

  /**
   * At most 10,000 rows, 3 neighbours, seed 0, a thread a core.
   *
   * @return the defaults
   */
  public static GenerationSettings defaults() {
    return new GenerationSettings(10_000, 3, 0, 0);
  }

  /**
   * The same with another number of rows.
   *
   * @param value at least 2
   * @return a copy
   */
  public GenerationSettings withRows(int value) {
    return new GenerationSettings(value, neighbours, seed, threads);
  }

  /**
   * The same with another number of neighbours.
   *
   * @param value at least 1
   * @return a copy
   */
  public GenerationSettings withNeighbours(int value) {
    return new GenerationSettings(rows, value, seed, threads);
  }

  /**
   * The same with another seed.
   *
   * @param value any
   * @return a copy
   */
  public GenerationSettings withSeed(long value) {
    return new GenerationSettings(rows, neighbours, value, threads);
  }

  /**
   * The same with another number of threads.
   *
   * @param value 0 for one a core
   * @return a copy
   */
  public GenerationSettings withThreads(int value) {
    return new GenerationSettings(rows, neighbours, seed, value);
  }
}
