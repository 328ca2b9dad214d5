package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.vaetf.testing.Near.assertNear;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vaetf.base.Samples;
import org.vaetf.model.Objective;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Near;
import org.vaetf.testing.PlainDraws;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.Array;

/** An objective on a tiny model, batch and seed, to be held against plain Java. */
record ObjectiveTrial(TinyModel model, Map<String, Array> weights, Samples x) {
  static final long[] SEED = {5, 7};

  /** Of a plain VAE: diagonal posterior, standard normal prior, Bernoulli likelihood. */
  static ObjectiveTrial of(Objective objective, int rows) {
    TinyModel vae = TinyModel.preset("vae");
    TinyModel model = vae.with(vae.config().withObjective(objective));
    return new ObjectiveTrial(model, model.weights(9), model.data(rows, 10));
  }

  PlainDraws plain(int draws) {
    return new PlainDraws(model, weights, x, SEED, draws);
  }

  Map<String, Double> terms(double warmUp) {
    try (LossGraph graph = new LossGraph(model)) {
      return graph.terms(weights, x, SEED, warmUp);
    }
  }

  Map<String, Array> gradients(double warmUp) {
    try (LossGraph graph = new LossGraph(model)) {
      return graph.gradients(weights, x, SEED, warmUp);
    }
  }

  /** Normal numbers from noise beside that of the draws, as the prior's points are. */
  static double[][] otherNoise(int rows, int columns) {
    double[] all =
        Near.doubles(Evaluate.normal(rows, columns, SEED[0] + 0x9e3779b97f4a7c15L, SEED[1]));
    double[][] noise = new double[rows][];
    for (int row = 0; row < rows; row++) {
      noise[row] = Arrays.copyOfRange(all, row * columns, (row + 1) * columns);
    }
    return noise;
  }

  /** The first draw of each row. */
  static double[][] points(PlainDraws draws) {
    double[][] z = new double[draws.rows()][];
    for (int row = 0; row < z.length; row++) {
      z[row] = draws.z(row, 0);
    }
    return z;
  }

  /** The terms that every bound reports, the divergence in closed form. */
  static Map<String, Double> terms(double loss, PlainDraws draws) {
    return terms(loss, draws.error(), Arrays.stream(draws.divergences()).sum());
  }

  /** The terms that every bound reports, the loss first. */
  static Map<String, Double> terms(double loss, double error, double kl) {
    Map<String, Double> terms = new LinkedHashMap<>();
    terms.put(Objective.LOSS, loss);
    terms.put(Objective.NEGATIVE_ELBO, error + kl);
    terms.put(Objective.RECONSTRUCTION_ERROR, error);
    terms.put(Objective.KL, kl);
    return terms;
  }

  static void assertTerms(Map<String, Double> expected, Map<String, Double> found) {
    assertEquals(expected.keySet(), found.keySet());
    assertEquals(Objective.LOSS, found.keySet().iterator().next());
    expected.forEach((name, value) -> assertNear(value, found.get(name), 2e-5, name));
  }
}
