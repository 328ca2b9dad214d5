package org.vaetf.model;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.vaetf.latent.DiagonalGaussian;
import org.vaetf.latent.Posterior;
import org.vaetf.latent.StandardNormal;
import org.vaetf.model.TotalCorrelation.Estimator;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.RandomWeights;
import org.vaetf.tf.Array;

/** The weights that a batch's rows have in the estimate of q(z). */
class AggregatedPosteriorTest {
  private static final int LATENT = 2;

  /** All posteriors one and the same: log q(z) is that one's, but for what the weights sum to. */
  @ParameterizedTest
  @CsvSource({
    "MINIBATCH_STRATIFIED, 5, 1000",
    "MINIBATCH_STRATIFIED, 2, 50",
    "MINIBATCH_STRATIFIED, 5, 5",
    "MINIBATCH_STRATIFIED, 2, 2",
    "MINIBATCH_WEIGHTED, 5, 1000",
    "MINIBATCH_WEIGHTED, 4, 4",
    "MINIBATCH_WEIGHTED, 1, 7"
  })
  void stratifiedWeightsSumToOneAndOthersToOneRowsShare(Estimator estimator, int batch, long rows) {
    List<Array> found = estimate(new float[batch * 2 * LATENT], batch, rows, estimator);
    double share = estimator == Estimator.MINIBATCH_WEIGHTED ? -Math.log((double) rows) : 0;
    for (int row = 0; row < batch; row++) {
      double own = found.get(2).values()[row];
      assertNear(own + share, found.get(0).values()[row], 1e-5, "log q(z)");
      assertNear(own + LATENT * share, found.get(1).values()[row], 1e-5, "Σ log q(z_j)");
    }
  }

  /**
   * The mean of a stratified estimate over all batches is the density itself: here over every order
   * of four rows in batches of two.
   */
  @Test
  void stratifiedIsUnbiased() {
    int rows = 4;
    float[] all = RandomWeights.random(6, 1.5, (long) rows * 2 * LATENT).values();
    double expected = 0;
    double mean = 0;
    for (int other = 1; other < rows; other++) {
      float[] pair = new float[4 * LATENT];
      System.arraycopy(all, 0, pair, 0, 2 * LATENT);
      System.arraycopy(all, other * 2 * LATENT, pair, 2 * LATENT, 2 * LATENT);
      List<Array> found = estimate(pair, 2, rows, Estimator.MINIBATCH_STRATIFIED);
      mean += Math.exp(found.get(0).values()[0]) / (rows - 1);
      expected += density(all, other);
    }
    expected = (expected + density(all, 0)) / rows;
    assertNear(Math.log(expected), Math.log(mean), 1e-5, "log q(z)");
  }

  /** Of the point that row 0 draws without noise, its own mean, under the posterior of a row. */
  private static double density(float[] parameters, int row) {
    double log = 0;
    for (int i = 0; i < LATENT; i++) {
      double away = parameters[i] - parameters[row * 2 * LATENT + i];
      double logVariance = parameters[row * 2 * LATENT + LATENT + i];
      log -= (Math.log(2 * Math.PI) + logVariance + away * away / Math.exp(logVariance)) / 2;
    }
    return Math.exp(log);
  }

  /** A test part may come in batches of more rows than there were to learn from. */
  @Test
  void moreRowsThanThereAreGiveFiniteNumbers() {
    float[] parameters = RandomWeights.random(7, 1, 6L * 2 * LATENT).values();
    for (Estimator estimator : Estimator.values()) {
      for (Array array : estimate(parameters, 6, 3, estimator)) {
        for (float value : array.values()) {
          assertTrue(Float.isFinite(value), estimator + ": " + value);
        }
      }
    }
  }

  /** log q(z), Σ log q(z_j) and log q(z|x) of draws that are the means. */
  private static List<Array> estimate(
      float[] parameters, int batch, long rows, Estimator estimator) {
    return Evaluate.all(
        tf -> {
          Operand<TFloat32> given =
              Evaluate.constant(tf, new Array(new long[] {batch, 2 * LATENT}, parameters));
          Posterior.Conditional posterior =
              new DiagonalGaussian()
                  .given(
                      new RandomWeights(1, 1).scope(tf),
                      given,
                      LATENT,
                      new StandardNormal()
                          .given(new RandomWeights(1, 1).scope(tf), LATENT, Optional.empty()));
          Posterior.Draw draw = posterior.draw(tf.zerosLike(posterior.mean()));
          AggregatedPosterior found =
              AggregatedPosterior.of(tf, draw.z(), posterior, rows, estimator);
          return List.of(found.logDensity(), found.logProductOfMarginals(), draw.logDensity());
        });
  }
}
