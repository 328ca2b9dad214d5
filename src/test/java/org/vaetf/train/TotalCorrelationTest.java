package org.vaetf.train;

import static org.vaetf.testing.Near.assertNear;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.vaetf.model.Objective;
import org.vaetf.model.TotalCorrelation;
import org.vaetf.model.TotalCorrelation.Estimator;
import org.vaetf.testing.PlainDraws;

/** The divergence taken apart, against loops over pairs of rows. */
class TotalCorrelationTest {

  @ParameterizedTest
  @CsvSource({
    "1, 6, 1, MINIBATCH_WEIGHTED, 4",
    "0.5, 2, 3, MINIBATCH_WEIGHTED, 5",
    "1, 6, 1, MINIBATCH_STRATIFIED, 5",
    "0.5, 2, 3, MINIBATCH_STRATIFIED, 2",
    "1, 6, 1, MINIBATCH_STRATIFIED, 1",
    "1, 6, 1, MINIBATCH_WEIGHTED, 1"
  })
  void partsAndTheirWeights(
      double alpha, double beta, double gamma, Estimator estimator, int rows) {
    ObjectiveTrial trial =
        ObjectiveTrial.of(new TotalCorrelation(alpha, beta, gamma, estimator), rows);
    PlainDraws plain = trial.plain(1);
    double ofRow = 0;
    double joint = 0;
    double product = 0;
    double prior = 0;
    for (int i = 0; i < rows; i++) {
      ofRow += plain.posterior(i, 0) / rows;
      prior += plain.prior(i, 0) / rows;
      double[] whole = new double[rows];
      double[][] each = new double[3][rows];
      for (int j = 0; j < rows; j++) {
        double logWeight = Math.log(weight(estimator, i, j, rows));
        whole[j] = logWeight;
        for (int k = 0; k < 3; k++) {
          double log = normal(plain.z(i, 0)[k], plain.mean(j)[k], plain.logVariance(j)[k]);
          whole[j] += log;
          each[k][j] = logWeight + log;
        }
      }
      joint += PlainDraws.logSumExp(whole) / rows;
      for (double[] dimension : each) {
        product += PlainDraws.logSumExp(dimension) / rows;
      }
    }
    double loss =
        plain.error()
            + alpha * (ofRow - joint)
            + beta * (joint - product)
            + gamma * (product - prior);
    Map<String, Double> expected = ObjectiveTrial.terms(loss, plain);
    expected.put("mutual_information", ofRow - joint);
    expected.put("total_correlation", joint - product);
    expected.put("dimension_wise_kl", product - prior);
    ObjectiveTrial.assertTerms(expected, trial.terms(1));
  }

  /** With equal weights the estimate of q(z) falls out: what is left is log q(z|x) − log p(z). */
  @ParameterizedTest
  @EnumSource(Estimator.class)
  void thePartsAddUpToTheDivergenceOfTheDraws(Estimator estimator) {
    ObjectiveTrial trial = ObjectiveTrial.of(new TotalCorrelation(1, 1, 1, estimator), 6);
    PlainDraws plain = trial.plain(1);
    Map<String, Double> terms = trial.terms(1);
    double sum =
        terms.get("mutual_information")
            + terms.get("total_correlation")
            + terms.get("dimension_wise_kl");
    assertNear(plain.estimatedDivergence(), sum, 1e-5, "parts");
    assertNear(
        plain.error() + plain.estimatedDivergence(), terms.get(Objective.LOSS), 1e-5, "loss");
  }

  /** Chen et al., appendix C, row i and the row after it. */
  private static double weight(Estimator estimator, int i, int j, int batch) {
    double rows = LossGraph.TRAINING_ROWS;
    if (estimator == Estimator.MINIBATCH_WEIGHTED) {
      return 1 / (rows * batch);
    }
    double others = Math.max(1, batch - 1);
    if (i == j) {
      return 1 / rows;
    }
    return j == (i + 1) % batch ? (rows - others) / (rows * others) : 1 / others;
  }

  private static double normal(double x, double mean, double logVariance) {
    double square = (x - mean) * (x - mean) / Math.exp(logVariance);
    return -(Math.log(2 * Math.PI) + logVariance + square) / 2;
  }
}
