package org.vaetf.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.ConfigException;
import org.vaetf.base.DataException;
import org.vaetf.base.Samples;
import org.vaetf.data.Binarization;
import org.vaetf.data.DataRequest;
import org.vaetf.data.Shapes;
import org.vaetf.export.SavedModelVae;
import org.vaetf.export.Scores;
import org.vaetf.network.DenseNetwork;
import org.vaetf.nn.Activation;
import org.vaetf.tf.Compute;
import org.vaetf.tf.Device;
import org.vaetf.train.DataConfig;
import org.vaetf.train.RunConfig;
import org.vaetf.train.Trainer;

class EvaluatorTest {
  private static final Shapes DATA = new Shapes(1005, 8, 3);

  @TempDir static Path folder;

  @BeforeAll
  static void train() {
    for (Binarization binarization : List.of(Binarization.NONE, Binarization.THRESHOLD)) {
      RunConfig config = RunConfig.defaults();
      Trainer.of(
              config
                  .withModel(
                      config
                          .model()
                          .withLatent(2)
                          .withNetwork(new DenseNetwork(List.of(8), Activation.RELU)))
                  .withData(
                      DataConfig.of(DataRequest.of("shapes:count=90,size=8"))
                          .withBinarization(binarization))
                  .withTraining(config.training().withEpochs(1).withBatch(20)))
          .run(folder.resolve(binarization.label()));
    }
  }

  @Test
  void meansAndStandardErrorsAreThoseOfTheRows() {
    try (SavedModelVae vae = SavedModelVae.load(folder.resolve("none"))) {
      List<Double> kl = new ArrayList<>();
      List<Double> elbo = new ArrayList<>();
      Evaluator evaluator = new Evaluator(vae.scaled(), 3, 11);
      evaluator.score(
          DATA,
          (scores, rows) -> {
            assertEquals(rows, scores.kl().length);
            for (int i = 0; i < rows; i++) {
              kl.add((double) scores.kl()[i]);
              elbo.add((double) scores.elbo()[i]);
            }
          });
      Evaluation evaluation = evaluator.evaluate(DATA, draws -> {});
      assertEquals(DATA.rows(), evaluation.rows());
      assertEquals(3, evaluation.draws());
      requireEstimate(kl, evaluation.klNats().orElseThrow());
      requireEstimate(
          elbo.stream().map(value -> -value).toList(), evaluation.negativeElboNats().orElseThrow());
    }
  }

  /** 1,005 rows of 64 values are more than one batch. */
  @Test
  void threadsDoNotMatter() {
    List<Evaluation> found = new ArrayList<>();
    for (int threads : new int[] {1, 3}) {
      Compute compute = new Compute(Device.CPU, threads);
      try (SavedModelVae vae = SavedModelVae.load(folder.resolve("threshold"), compute)) {
        found.add(new Evaluator(vae.scaled(), 2, 5).evaluate(DATA, rows -> {}));
      }
    }
    assertEquals(found.get(0), found.get(1));
  }

  /** Of 1,000 rows and of 5, as 120 draws of each are 50, 50 and 20. */
  @Test
  void progressIsToldWhileABatchIsUnderWay() {
    for (int threads : new int[] {1, 3}) {
      Compute compute = new Compute(Device.CPU, threads);
      try (SavedModelVae vae = SavedModelVae.load(folder.resolve("none"), compute)) {
        List<Integer> told = new ArrayList<>();
        new Evaluator(vae.scaled(), 120, 5).evaluate(DATA, told::add);
        assertEquals(
            List.of(100, 250, 250, 20_000, 50_000, 50_000), told.stream().sorted().toList());
      }
    }
  }

  /** More parts than are in memory at a time. */
  @Test
  void manyDrawsAreScoredAsByOneCall() {
    Shapes data = new Shapes(20, 8, 3);
    try (SavedModelVae vae = SavedModelVae.load(folder.resolve("none"))) {
      Scores expected = vae.score(data.slice(0, 20), 3_260, 5);
      new Evaluator(vae.scaled(), 3_260, 5)
          .score(
              data,
              (found, rows) -> {
                assertNear(expected.elbo(), found.elbo(), 1e-6, "elbo");
                assertNear(expected.reconstruction(), found.reconstruction(), 1e-6, "fit");
                assertNear(expected.kl(), found.kl(), 1e-6, "kl");
                assertNear(expected.logLikelihood(), found.logLikelihood(), 1e-6, "evidence");
              });
    }
  }

  private static void requireEstimate(List<Double> values, Estimate estimate) {
    double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    assertEquals(mean, estimate.mean(), 1e-9 * Math.abs(mean));
    double error = Math.sqrt(squares / (values.size() - 1) / values.size());
    assertEquals(error, estimate.standardError(), 1e-9 * error);
  }

  @Test
  void squaredErrorIsInTheUnitsOfTheData() {
    try (SavedModelVae vae = SavedModelVae.load(folder.resolve("none"))) {
      Samples x = DATA.slice(0, DATA.rows());
      float[] reconstructed = vae.reconstruct(x).values();
      double sum = 0;
      for (int i = 0; i < reconstructed.length; i++) {
        sum += Math.pow(reconstructed[i] - x.values()[i], 2);
      }
      double expected = sum / reconstructed.length;
      Estimate squares =
          new Evaluator(vae.scaled(), 1, 0).evaluate(DATA, rows -> {}).squaredError();
      assertEquals(expected, squares.mean(), 1e-4 * expected);
    }
  }

  @Test
  void ratiosAndSimilaritiesAreMeansOverImages() {
    try (SavedModelVae vae = SavedModelVae.load(folder.resolve("none"))) {
      Samples x = DATA.slice(0, DATA.rows());
      Samples reconstructed = vae.reconstruct(x);
      ReconstructionMetrics metrics = new ReconstructionMetrics(x.shape(), 255);
      Evaluation evaluation = new Evaluator(vae.scaled(), 1, 0).evaluate(DATA, rows -> {});
      assertNear(
          mean(metrics.peakSignalToNoiseDecibels(x, reconstructed).orElseThrow()),
          evaluation.peakSignalToNoiseDecibels().orElseThrow().mean(),
          1e-5,
          "decibels");
      assertNear(
          mean(metrics.structuralSimilarities(x, reconstructed).orElseThrow()),
          evaluation.structuralSimilarity().orElseThrow().mean(),
          1e-5,
          "similarity");
      BitsPerDimension unit =
          BitsPerDimension.of(x.shape(), vae.manifest().data().scaling(), false);
      assertNear(
          Math.log(255) / Math.log(2)
              - evaluation.logLikelihoodNats().orElseThrow().mean() / 64 / Math.log(2),
          evaluation.bitsPerDimension(unit).orElseThrow().mean(),
          1e-9,
          "bits");
    }
  }

  private static double mean(double[] values) {
    return java.util.Arrays.stream(values).average().orElseThrow();
  }

  @Test
  void eachBatchHasDrawsOfItsOwn() {
    try (SavedModelVae vae = SavedModelVae.load(folder.resolve("none"))) {
      Scores first = vae.score(DATA.slice(0, 1000), 2, 5);
      Samples rest = DATA.slice(1000, 1005);
      vae.manifest().data().scaling().apply(rest.values());
      // The first batch took draws 0 and 1 of the seed.
      Scores second = vae.scaled().score(rest, 2, new long[] {5, 2});
      List<Float> expected = new ArrayList<>();
      for (Scores part : List.of(first, second)) {
        for (float value : part.reconstruction()) {
          expected.add(value);
        }
      }
      List<Float> got = new ArrayList<>();
      new Evaluator(vae.scaled(), 2, 5)
          .score(
              DATA,
              (scores, rows) -> {
                for (float value : scores.reconstruction()) {
                  got.add(value);
                }
              });
      assertEquals(expected, got);
    }
  }

  @Test
  void rowsAreBinarizedAsInTraining() {
    try (SavedModelVae vae = SavedModelVae.load(folder.resolve("threshold"))) {
      Samples x = DATA.slice(0, 20);
      float[] binary = x.values().clone();
      for (int i = 0; i < binary.length; i++) {
        binary[i] = binary[i] >= 127.5f ? 255 : 0;
      }
      float[] expected = vae.score(new Samples(x.shape(), binary), 1, 0).kl();
      new Evaluator(vae.scaled(), 1, 0)
          .score(
              new Shapes(20, 8, 3),
              (scores, rows) -> {
                for (int i = 0; i < rows; i++) {
                  assertEquals(expected[i], scores.kl()[i], 1e-6f);
                }
              });
    }
  }

  @Test
  void otherShapesAndNoDrawsAreRefused() {
    try (SavedModelVae vae = SavedModelVae.load(folder.resolve("none"))) {
      assertThrows(ConfigException.class, () -> new Evaluator(vae.scaled(), 0, 0));
      Evaluator evaluator = new Evaluator(vae.scaled(), 1, 0);
      assertThrows(DataException.class, () -> evaluator.evaluate(new Shapes(5, 9, 0), rows -> {}));
    }
  }

  @Test
  void oneValueHasNoStandardError() {
    Estimate.Gatherer one = new Estimate.Gatherer();
    one.add(3);
    assertEquals(3, one.estimate().mean());
    assertTrue(Double.isNaN(one.estimate().standardError()));
  }

  @Test
  void anInfiniteValueMakesTheMeanInfinite() {
    Estimate.Gatherer gatherer = new Estimate.Gatherer();
    for (double value : new double[] {3, Double.POSITIVE_INFINITY, 4, Double.POSITIVE_INFINITY}) {
      gatherer.add(value);
    }
    assertEquals(Double.POSITIVE_INFINITY, gatherer.estimate().mean());
    assertTrue(Double.isNaN(gatherer.estimate().standardError()));
    gatherer.add(Double.NEGATIVE_INFINITY);
    assertTrue(Double.isNaN(gatherer.estimate().mean()));
  }
}
