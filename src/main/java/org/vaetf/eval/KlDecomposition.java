package org.vaetf.eval;

/**
 * What the KL term of the evidence bound pays for. With the aggregated posterior {@code q(z) =
 * (1/n) Σ_i q(z|x_i)} of n rows,
 *
 * <pre>
 * (1/n) Σ_i KL(q(z|x_i) ‖ p(z))  =  I(x; z)  +  KL(q(z) ‖ p(z))
 * I(x; z)                        =  E [log q(z|x) − log q(z)]
 * KL(q(z) ‖ p(z))                =  E [log q(z) − log p(z)]
 * </pre>
 *
 * with x one of the rows, each as likely, and z ~ q(z|x). Hoffman and Johnson, "ELBO surgery: yet
 * another way to carve up the variational evidence lower bound", NIPS workshop 2016; the mutual
 * information is their index-code information {@code log n − E H(q(i|z))}.
 *
 * <p>The expectations over z are means over draws, the same ones in all three, so that the sum
 * holds to rounding; q(z) is summed over all n rows. The information is of the n rows, not of what
 * they were drawn from: it is at most log n, and an estimate close to that tells only that n is too
 * small. Standard errors are those of a mean over rows.
 *
 * @param rows n
 * @param draws of z for each row
 * @param klNats the mean of KL(q(z|x) ‖ p(z)), at least 0 but for chance
 * @param mutualInformationNats I(x; z), 0 up to log n but for chance
 * @param marginalKlNats KL(q(z) ‖ p(z)), at least 0 but for chance
 */
public record KlDecomposition(
    int rows, int draws, Estimate klNats, Estimate mutualInformationNats, Estimate marginalKlNats) {
  /** Rows that one thread takes at a time. */
  private static final int ROWS_OF_A_PIECE = 16;

  /**
   * Time grows with {@code n² · draws · latent}, memory with {@code n · draws · latent}.
   *
   * @param posterior of the n rows
   * @param noise standard normal, {@code [n · draws][latent]}, a row's draws side by side
   */
  static KlDecomposition of(
      AggregatedPosterior posterior, double[][] noise, LogPrior prior, SideBySide threads) {
    int rows = posterior.rows();
    int draws = noise.length / rows;
    double[][] z = new double[noise.length][];
    double[] conditional = new double[noise.length];
    double[] marginal = new double[noise.length];
    int pieces = (rows + ROWS_OF_A_PIECE - 1) / ROWS_OF_A_PIECE;
    threads.run(
        pieces,
        piece -> {
          int end = Math.min(rows, (piece + 1) * ROWS_OF_A_PIECE) * draws;
          for (int i = piece * ROWS_OF_A_PIECE * draws; i < end; i++) {
            z[i] = posterior.draw(i / draws, noise[i]);
            conditional[i] = posterior.logDensity(i / draws, z[i]);
            marginal[i] = posterior.logDensity(z[i]);
          }
        });
    double[] given = prior.logDensity(z);
    return new KlDecomposition(
        rows,
        draws,
        meanDifference(conditional, given, draws),
        meanDifference(conditional, marginal, draws),
        meanDifference(marginal, given, draws));
  }

  /**
   * The most that the mutual information of so many rows can be. An estimate within a nat of it or
   * so is a lower bound of what more rows would give.
   *
   * @return log n
   */
  public double mostInformationNats() {
    return Math.log(rows);
  }

  /** Draws of one row share its posterior: only the means of rows are independent. */
  private static Estimate meanDifference(double[] a, double[] b, int draws) {
    Estimate.Gatherer rows = new Estimate.Gatherer();
    for (int i = 0; i < a.length; i += draws) {
      double sum = 0;
      for (int j = i; j < i + draws; j++) {
        sum += a[j] - b[j];
      }
      rows.add(sum / draws);
    }
    return rows.estimate();
  }
}
