package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.data.DataSplit;
import org.vaetf.data.Scaling;
import org.vaetf.model.Adam;
import org.vaetf.model.Factor;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Near;
import org.vaetf.testing.RunFiles;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.Array;

/** A discriminator with an optimizer of its own, beside a model that moves by the run's. */
class OwnOptimizerTest {
  private static final long SEED = 21;
  private static final double RATE = 0.01;
  private static final Adam ADAM = new Adam(0.003, 0.5, 0.9);
  private static final TinyModel MODEL = model();

  private static TinyModel model() {
    TinyModel vae = TinyModel.preset("vae");
    return vae.with(vae.config().withObjective(new Factor(7, List.of(5, 4), ADAM)));
  }

  private static boolean isOwn(String weight) {
    return weight.startsWith("discriminator.");
  }

  /** Two steps, for the first of Adam is the same whatever its constants; the second is halved. */
  @ParameterizedTest
  @CsvSource({"0, 0", "0.3, 0", "0, 0.1", "0.3, 0.1"})
  void eachSideMovesByItsOwnRule(double clipNorm, double weightDecay) {
    OptimizerConfig sgd =
        OptimizerConfig.of(UpdateRule.SGD)
            .withLearningRate(RATE)
            .withClipNorm(clipNorm)
            .withWeightDecay(weightDecay);
    Samples x = MODEL.data(6, 22);
    Map<String, Moments> moments = new HashMap<>();
    try (TrainingGraph graph = graph(sgd);
        LossGraph loss = new LossGraph(MODEL)) {
      for (int step = 0; step < 2; step++) {
        double share = step == 0 ? 1 : 0.5;
        Map<String, Array> before = graph.weights();
        Map<String, Array> gradients =
            loss.gradients(before, x, new Seed(SEED).named("noise").pair(step), 1);
        graph.step(x, step, share * RATE, 1);
        Map<String, Array> after = graph.weights();
        assertTrue(before.keySet().stream().anyMatch(OwnOptimizerTest::isOwn));
        for (String name : before.keySet()) {
          double clip = clip(gradients, isOwn(name), clipNorm);
          double[] w = Near.doubles(before.get(name).values());
          double[] g = Near.doubles(gradients.get(name).values());
          Moments own = moments.computeIfAbsent(name, any -> new Moments(w.length));
          double decay = name.endsWith(".kernel") ? share * RATE * weightDecay : 0;
          for (int i = 0; i < w.length; i++) {
            w[i] -=
                isOwn(name)
                    ? share * own.step(i, clip * g[i], step + 1)
                    : decay * w[i] + share * RATE * clip * g[i];
          }
          assertNear(w, after.get(name).values(), 2e-6, name + " after step " + (step + 1));
        }
      }
    }
  }

  /** The factor that brings the gradients of one side within the limit. */
  private static double clip(Map<String, Array> gradients, boolean own, double limit) {
    double squares = 0;
    for (String name : gradients.keySet()) {
      if (isOwn(name) == own) {
        for (float g : gradients.get(name).values()) {
          squares += (double) g * g;
        }
      }
    }
    return limit == 0 ? 1 : Math.min(1, limit / Math.sqrt(squares));
  }

  /** Kingma and Ba, arXiv 1412.6980, the efficient form behind algorithm 1. */
  private static final class Moments {
    private final double[] m;
    private final double[] v;

    Moments(int size) {
      m = new double[size];
      v = new double[size];
    }

    double step(int i, double g, int t) {
      m[i] = ADAM.beta1() * m[i] + (1 - ADAM.beta1()) * g;
      v[i] = ADAM.beta2() * v[i] + (1 - ADAM.beta2()) * g * g;
      double rate =
          ADAM.learningRate()
              * Math.sqrt(1 - Math.pow(ADAM.beta2(), t))
              / (1 - Math.pow(ADAM.beta1(), t));
      return rate * m[i] / (Math.sqrt(v[i]) + 1e-8);
    }
  }

  @Test
  void aStepThatIsNotFiniteMovesNeither() {
    Samples bad = MODEL.data(6, 22);
    bad.values()[3] = Float.NaN;
    TrainingConfig training = training(OptimizerConfig.defaults());
    try (TrainingGraph graph = graph(training.withNanPolicy(NanPolicy.SKIP))) {
      graph.step(MODEL.data(6, 23), 0, RATE, 1);
      Map<String, Array> before = graph.weights();
      graph.step(bad, 1, RATE, 1);
      Map<String, Array> after = graph.weights();
      before.forEach(
          (name, weight) -> assertArrayEquals(weight.values(), after.get(name).values(), name));
    }
  }

  /** With slots of the discriminator's that the run's own rule does not have, and with the same. */
  @ParameterizedTest
  @EnumSource(
      value = UpdateRule.class,
      names = {"SGD", "ADAM"})
  void twoEpochsAndTwoMoreAreFour(UpdateRule rule, @TempDir Path folder) {
    Path whole = folder.resolve("whole");
    Path parts = folder.resolve("parts");
    try (DataSplit data = TinyRun.data()) {
      Trainer.of(run(rule, 4)).run(whole, false, data);
      Trainer.of(run(rule, 2)).run(parts, false, data);
      Trainer.of(run(rule, 4)).resume(parts, data);
    }
    RunFiles.assertSame(whole, parts);
  }

  private static RunConfig run(UpdateRule rule, int epochs) {
    RunConfig config = TinyRun.config(MODEL.config(), epochs);
    return config.withTraining(
        config
            .training()
            .withOptimizer(OptimizerConfig.of(rule).withLearningRate(0.001).withClipNorm(5))
            .withSchedule(new Schedule.WarmUp(1.5, new Schedule.Plateau(0.5, 1))));
  }

  private static TrainingGraph graph(OptimizerConfig optimizer) {
    return graph(training(optimizer));
  }

  private static TrainingGraph graph(TrainingConfig training) {
    return new TrainingGraph(
        MODEL.config(),
        new TrainingGraph.Feed(MODEL.shape(), Scaling.unit(), false, 1000),
        training);
  }

  private static TrainingConfig training(OptimizerConfig optimizer) {
    return TrainingConfig.defaults()
        .withOptimizer(optimizer)
        .withSeed(SEED)
        .withCompute(Evaluate.ONE_THREAD);
  }
}
