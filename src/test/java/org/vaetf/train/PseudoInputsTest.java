package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vaetf.base.Samples;
import org.vaetf.data.Binarization;
import org.vaetf.data.DataSplit;
import org.vaetf.data.Scaling;
import org.vaetf.latent.VampPrior;
import org.vaetf.model.ModelConfig;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.OneLine;
import org.vaetf.testing.TinyModel;

/** A VampPrior's pseudo-inputs: rows of the data at first, then learned, or as they were. */
class PseudoInputsTest {
  private static final String WEIGHT = "prior." + VampPrior.PSEUDO_INPUTS;
  private static final TinyModel VAMP = TinyModel.preset("vamp");

  @TempDir Path folder;

  @Test
  void areRowsOfTheTrainingPartThatNothingHasBinarized() {
    RunConfig config = TinyRun.config(VAMP.config(), 1);
    RunConfig drawn = config.withData(config.data().withBinarization(Binarization.STOCHASTIC));
    try (DataSplit data = TinyRun.data()) {
      RunData prepared = RunData.prepare(drawn, data);
      Samples rows = (Samples) prepared.someTrainingRows(7);
      assertEquals(7, rows.rows());
      assertEquals(rows, prepared.someTrainingRows(7), "the same of the same seed");
      Samples train = VAMP.data(TinyRun.TRAIN_ROWS, 31);
      Set<Integer> found = new HashSet<>();
      for (int i = 0; i < 7; i++) {
        for (int row = 0; row < train.rows(); row++) {
          if (Arrays.equals(train.row(row), rows.row(i))) {
            found.add(row);
          }
        }
      }
      assertEquals(7, found.size(), "different rows of the data");
    }
  }

  @Test
  void moreThanThereAreRowsAreRefused() {
    ModelConfig model = VAMP.config().withPrior(new VampPrior(51, VampPrior.Source.LEARNED));
    try (DataSplit data = TinyRun.data()) {
      OneLine.ofConfig(
          () -> Trainer.of(TinyRun.config(model, 1)).run(folder.resolve("run"), false, data),
          "prior.pseudoInputs is 51",
          "at most 50");
    }
  }

  @ParameterizedTest
  @EnumSource(VampPrior.Source.class)
  void moveOrStay(VampPrior.Source source) throws IOException {
    Samples rows = VAMP.data(4, 7);
    Path saved = folder.resolve("variables");
    float[] after;
    try (TrainingGraph graph = graph(source)) {
      graph.setPseudoInputs(rows);
      assertArrayEquals(rows.values(), graph.weights().get(WEIGHT).values());
      graph.step(VAMP.data(8, 5), 0, 0.01, 1);
      after = graph.weights().get(WEIGHT).values();
      assertEquals(source == VampPrior.Source.DATA, Arrays.equals(rows.values(), after));
      graph.save(saved);
    }
    try (TrainingGraph graph = graph(source)) {
      assertFalse(Arrays.equals(after, graph.weights().get(WEIGHT).values()));
      graph.restore(saved);
      assertArrayEquals(after, graph.weights().get(WEIGHT).values(), "from a checkpoint");
      long learned = source == VampPrior.Source.LEARNED ? rows.values().length : 0;
      assertEquals(learned, graph.numberOfWeights() - numberOfTheRest());
    }
  }

  private static long numberOfTheRest() {
    return VAMP.weights(1).entrySet().stream()
        .filter(weight -> !weight.getKey().equals(WEIGHT))
        .mapToLong(weight -> weight.getValue().values().length)
        .sum();
  }

  private static TrainingGraph graph(VampPrior.Source source) {
    return new TrainingGraph(
        VAMP.config().withPrior(new VampPrior(4, source)),
        new TrainingGraph.Feed(VAMP.shape(), Scaling.unit(), false, 1000),
        TrainingConfig.defaults().withBatch(8).withCompute(Evaluate.ONE_THREAD));
  }
}
