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
 * <p>A row's KL is the model's own, of whatever prior it has; the information is a mean over draws
 * of z, with q(z) summed over all n rows; the marginal KL is what is left. The information is of
 * the n rows, not of what they were drawn from: it is at most log n, and an estimate close to that
 * tells only that n is too small. Standard errors are those of a mean over rows.
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
   * Time grows with {@code n² · draws · latent}, memory beyond the arguments with n.
   *
   * @param posterior of the n rows
   * @param noise standard normal, {@code [n · draws][latent]}, a row's draws side by side
   * @param klNats KL(q(z|x) ‖ p(z)) of each row, {@code [n]}
   */
  static KlDecomposition of(
      AggregatedPosterior posterior, double[][] noise, double[] klNats, SideBySide threads) {
    int rows = posterior.rows();
    int draws = noise.length / rows;
    double[] information = new double[rows];
    int pieces = (rows + ROWS_OF_A_PIECE - 1) / ROWS_OF_A_PIECE;
    threads.run(
        pieces,
        piece -> {
          int end = Math.min(rows, (piece + 1) * ROWS_OF_A_PIECE);
          for (int row = piece * ROWS_OF_A_PIECE; row < end; row++) {
            information[row] = information(posterior, row, noise, draws);
          }
        });
    return new KlDecomposition(
        rows,
        draws,
        Estimate.of(rows, row -> klNats[row]),
        Estimate.of(rows, row -> information[row]),
        Estimate.of(rows, row -> klNats[row] - information[row]));
  }

  /** The mean over a row's draws of log q(z|x) − log q(z). */
  private static double information(
      AggregatedPosterior posterior, int row, double[][] noise, int draws) {
    double sum = 0;
    for (int i = row * draws; i < (row + 1) * draws; i++) {
      double[] z = posterior.draw(row, noise[i]);
      sum += posterior.logDensity(row, z) - posterior.logDensity(z);
    }
    return sum / draws;
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
}
