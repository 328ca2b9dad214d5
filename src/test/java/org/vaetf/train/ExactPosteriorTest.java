package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vaetf.base.RowShape;
import org.vaetf.likelihood.Gaussian;
import org.vaetf.likelihood.Spread;
import org.vaetf.model.GradientEstimator;
import org.vaetf.model.ImportanceWeighted;
import org.vaetf.model.ModelConfig;
import org.vaetf.model.Objective;
import org.vaetf.network.LinearNetwork;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.Array;

/**
 * A linear model whose encoder is the exact posterior: {@code p(x|z) = N(W z + b, s²)} with
 * orthogonal columns of W, so that {@code p(z|x) = N(Σ Wᵀ (x − b) / s², Σ)} with Σ = (1 + WᵀW /
 * s²)⁻¹ is diagonal. Every weight of every draw is then p(x) itself, and what depends on the noise
 * is nothing.
 */
class ExactPosteriorTest {
  private static final int ROWS = 3;
  private static final double NOISE = 0.5;
  private static final float[] COLUMN_1 = {1, 1, -1, 1};
  private static final float[] COLUMN_2 = {0.5f, -0.5f, 0.5f, 0.5f};
  private static final float[] BIAS = {0.25f, -0.5f, 0, 1};

  @Test
  void everyBoundIsTheEvidenceWhateverTheNoise() {
    for (int draws : new int[] {1, 5}) {
      ObjectiveTrial trial = trial(draws, GradientEstimator.STANDARD);
      Map<String, Double> terms = trial.terms(1);
      double expected = 0;
      for (int row = 0; row < ROWS; row++) {
        expected -= evidence(trial.x().row(row)) / ROWS;
      }
      assertNear(expected, terms.get(Objective.LOSS), 1e-5, "−log p(x)");
      assertNear(expected, terms.get(Objective.NEGATIVE_ELBO), 1e-5, "negative ELBO");
      assertNear(expected, terms.get(Objective.NEGATIVE_IMPORTANCE_BOUND), 1e-5, "bound");
    }
  }

  @Test
  void alongThePathTheEncoderStaysWhereItIs() {
    for (int draws : new int[] {1, 5}) {
      assertTrue(farthest(draws, GradientEstimator.STANDARD) > 0.05, "the score is noise");
      for (GradientEstimator estimator :
          new GradientEstimator[] {
            GradientEstimator.STICKING_THE_LANDING, GradientEstimator.DOUBLY_REPARAMETERIZED
          }) {
        double farthest = farthest(draws, estimator);
        assertTrue(farthest < 2e-5, estimator + " of " + draws + " draws: " + farthest);
      }
    }
  }

  private static double farthest(int draws, GradientEstimator estimator) {
    double farthest = 0;
    for (Map.Entry<String, Array> one : trial(draws, estimator).gradients(1).entrySet()) {
      for (float value : one.getValue().values()) {
        if (one.getKey().startsWith("encoder.")) {
          farthest = Math.max(farthest, Math.abs(value));
        }
      }
    }
    return farthest;
  }

  private static ObjectiveTrial trial(int draws, GradientEstimator estimator) {
    ModelConfig config =
        ModelConfig.defaults()
            .withNetwork(new LinearNetwork())
            .withLatent(2)
            .withLikelihood(new Gaussian(Spread.FIXED, NOISE))
            .withObjective(ImportanceWeighted.defaults().withDraws(draws).withEstimator(estimator));
    TinyModel model = new TinyModel("linear", config, RowShape.of(4));
    return new ObjectiveTrial(model, weights(), model.data(ROWS, 8));
  }

  private static double variance(float[] column) {
    double squares = 0;
    for (float value : column) {
      squares += value * value;
    }
    return 1 / (1 + squares / NOISE);
  }

  /** Mean of z_j: Σ_j W_jᵀ (x − b) / s². Log-variances are far within their bounds. */
  private static Map<String, Array> weights() {
    float[] kernel = new float[4 * 4];
    float[] bias = new float[4];
    float[][] columns = {COLUMN_1, COLUMN_2};
    float[] decoder = new float[2 * 4];
    for (int j = 0; j < 2; j++) {
      double variance = variance(columns[j]);
      double mean = 0;
      for (int i = 0; i < 4; i++) {
        double slope = variance * columns[j][i] / NOISE;
        kernel[i * 4 + j] = (float) slope;
        mean -= slope * BIAS[i];
        decoder[j * 4 + i] = columns[j][i];
      }
      bias[j] = (float) mean;
      bias[2 + j] = (float) Math.log(variance);
    }
    Map<String, Array> weights = new HashMap<>();
    weights.put("encoder.posterior.kernel", new Array(new long[] {4, 4}, kernel));
    weights.put("encoder.posterior.bias", new Array(new long[] {4}, bias));
    weights.put("decoder.output.kernel", new Array(new long[] {2, 4}, decoder));
    weights.put("decoder.output.bias", new Array(new long[] {4}, BIAS));
    return weights;
  }

  /** log N(x; b, W Wᵀ + s²), along W's two columns and across them. */
  private static double evidence(float[] x) {
    double[] away = new double[4];
    double rest = 0;
    for (int i = 0; i < 4; i++) {
      away[i] = x[i] - BIAS[i];
      rest += away[i] * away[i];
    }
    double log = 0;
    for (float[] column : new float[][] {COLUMN_1, COLUMN_2}) {
      double along = 0;
      double squares = 0;
      for (int i = 0; i < 4; i++) {
        along += column[i] * away[i];
        squares += column[i] * column[i];
      }
      log -= (Math.log(NOISE + squares) + along * along / squares / (NOISE + squares)) / 2;
      rest -= along * along / squares;
    }
    return log - 2 * Math.log(2 * Math.PI) - Math.log(NOISE) - rest / NOISE / 2;
  }
}
