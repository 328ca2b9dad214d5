package org.vaetf.train;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaetf.base.Samples;
import org.vaetf.latent.VampPrior;
import org.vaetf.model.Capacity;
import org.vaetf.model.Elbo;
import org.vaetf.testing.Near;
import org.vaetf.testing.PlainDraws;
import org.vaetf.testing.PlainModel;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.Array;

/** The ELBO of several draws and the bound held to a capacity, against their formulas. */
class ElboDrawsTest {
  private static final int ROWS = 3;

  @ParameterizedTest
  @CsvSource({"1, 0, 1, 4", "4, 0.5, 0.25, 3", "0.5, 2, 1, 2"})
  void severalDraws(double beta, double freeBits, double warmUp, int draws) {
    ObjectiveTrial trial = ObjectiveTrial.of(new Elbo(beta, 10, freeBits, draws), ROWS);
    PlainDraws plain = trial.plain(draws);
    double penalty =
        Arrays.stream(plain.divergences()).map(value -> Math.max(freeBits, value)).sum();
    ObjectiveTrial.assertTerms(
        ObjectiveTrial.terms(plain.error() + warmUp * beta * penalty, plain), trial.terms(warmUp));
  }

  /** Capacities below the divergence and above it. */
  @ParameterizedTest
  @CsvSource({"1000, 0.1, 1", "1000, 25, 1", "30, 25, 0.3", "30, 25, 0", "0, 25, 1"})
  void capacity(double gamma, double capacity, double warmUp) {
    ObjectiveTrial trial = ObjectiveTrial.of(new Capacity(gamma, capacity, 10), ROWS);
    PlainDraws plain = trial.plain(1);
    double kl = Arrays.stream(plain.divergences()).sum();
    ObjectiveTrial.assertTerms(
        ObjectiveTrial.terms(plain.error() + gamma * Math.abs(kl - warmUp * capacity), plain),
        trial.terms(warmUp));
  }

  /** Beside a prior without a closed form: estimated from the draws, free bits of all together. */
  @ParameterizedTest
  @CsvSource({"0, 3", "0.5, 1", "50, 2"})
  void estimatedDivergence(double freeBits, int draws) {
    TinyModel vamp = TinyModel.preset("vamp");
    TinyModel model = vamp.with(vamp.config().withObjective(new Elbo(2, 0, freeBits, draws)));
    Map<String, Array> weights = model.weights(3);
    ObjectiveTrial trial = new ObjectiveTrial(model, weights, model.data(ROWS, 4));
    PlainDraws plain = trial.plain(draws);
    double kl = 0;
    for (int row = 0; row < ROWS; row++) {
      for (int draw = 0; draw < draws; draw++) {
        kl += plain.posterior(row, draw) - mixture(model, weights, plain.z(row, draw));
      }
    }
    kl /= ROWS * draws;
    double loss = plain.error() + 2 * Math.max(model.config().latent() * freeBits, kl);
    ObjectiveTrial.assertTerms(ObjectiveTrial.terms(loss, plain.error(), kl), trial.terms(1));
  }

  /** log p(z) of a VampPrior. */
  private static double mixture(TinyModel model, Map<String, Array> weights, double[] z) {
    Samples pseudo =
        new Samples(model.shape(), weights.get("prior." + VampPrior.PSEUDO_INPUTS).values());
    PlainModel plain = model.plain(weights);
    double[] each = new double[pseudo.rows()];
    for (int k = 0; k < each.length; k++) {
      each[k] = plain.posteriorLogDensity(Near.doubles(pseudo.row(k)), z);
    }
    return PlainDraws.logMeanExp(each);
  }
}
