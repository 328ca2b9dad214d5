package org.vaetf.export;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.likelihood.Gaussian;
import org.vaetf.likelihood.Spread;
import org.vaetf.model.ModelConfig;
import org.vaetf.network.LinearNetwork;
import org.vaetf.testing.Golden;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.Array;

/** {@code score} on a linear-Gaussian model, whose likelihood is known: SciPy's numbers. */
class MarginalLikelihoodTest {
  private static final int DRAWS = 5000;
  private static final JsonNode GOLDEN = Golden.read("marginal");

  @TempDir Path folder;

  @Test
  void withTheExactPosteriorEveryDrawGivesTheLikelihood() {
    Scores scores = score(0, 1, 3);
    assertNear(
        Golden.doubles(GOLDEN.get("log_likelihood")),
        scores.logLikelihood(),
        1e-4,
        "log likelihood");
  }

  @Test
  void elboAndItsTermsAgreeWithTheirClosedForms() {
    Scores scores = score(0, 1, DRAWS);
    assertNear(Golden.doubles(GOLDEN.get("kl")), scores.kl(), 1e-5, "kl");
    // Of 5,000 draws: a mean with a standard error of about 1.5 / √5000 nats.
    assertNear(Golden.doubles(GOLDEN.get("reconstruction")), scores.reconstruction(), 0.1, "fit");
    assertNear(Golden.doubles(GOLDEN.get("log_likelihood")), scores.elbo(), 0.1, "elbo");
  }

  /** The posterior is shifted and too wide: the bound is loose, the estimate is not. */
  @Test
  void withAnotherPosteriorTheEstimateIsStillTheLikelihood() {
    Scores scores = score(0.3, 1.5, DRAWS);
    double[] exact = Golden.doubles(GOLDEN.get("log_likelihood"));
    for (int row = 0; row < exact.length; row++) {
      double error = Math.abs(scores.logLikelihood()[row] - exact[row]);
      assertTrue(error <= 0.05, "row " + row + ": " + error + " nats off, at most 0.05");
      assertTrue(
          scores.elbo()[row] < exact[row] - 0.2, "the bound is loose: " + scores.elbo()[row]);
    }
  }

  /** q(z|x) = N(exact mean + shift, widening² · exact variance). */
  private Scores score(double shift, double widening, int draws) {
    double[] weights = Golden.doubles(GOLDEN.get("weights"));
    double[] bias = Golden.doubles(GOLDEN.get("bias"));
    double[] logVariance = Golden.doubles(GOLDEN.get("posterior").get("log_variance"));
    double variance = GOLDEN.get("variance").doubleValue();
    int latent = logVariance.length;
    int width = bias.length;

    // mean = (x − bias) weightsᵀ covariance / variance, covariance diagonal.
    float[] encoder = new float[width * 2 * latent];
    float[] encoderBias = new float[2 * latent];
    for (int j = 0; j < latent; j++) {
      double constant = shift;
      for (int i = 0; i < width; i++) {
        double weight = weights[j * width + i] * Math.exp(logVariance[j]) / variance;
        encoder[i * 2 * latent + j] = (float) weight;
        constant -= bias[i] * weight;
      }
      encoderBias[j] = (float) constant;
      encoderBias[latent + j] = (float) (logVariance[j] + 2 * Math.log(widening));
    }
    Map<String, Array> arrays = new LinkedHashMap<>();
    arrays.put("encoder.posterior.kernel", new Array(new long[] {width, 2L * latent}, encoder));
    arrays.put("encoder.posterior.bias", new Array(new long[] {2L * latent}, encoderBias));
    arrays.put("decoder.output.kernel", Golden.array(GOLDEN.get("weights")));
    arrays.put("decoder.output.bias", Golden.array(GOLDEN.get("bias")));
    ModelConfig config =
        ModelConfig.defaults()
            .withNetwork(new LinearNetwork())
            .withLatent(latent)
            .withLikelihood(new Gaussian(Spread.FIXED, variance));
    RowShape shape = RowShape.of(width);
    Path saved = new TinyModel("linear", config, shape).export(folder.resolve("m"), arrays);
    try (SavedModelVae vae = SavedModelVae.load(saved)) {
      return vae.score(new Samples(shape, Golden.floats(GOLDEN.get("x"))), draws, 17);
    }
  }
}
