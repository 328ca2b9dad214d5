package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaetf.base.ConfigException;
import org.vaetf.base.RowShape;
import org.vaetf.data.DataSplit;
import org.vaetf.data.InMemoryDataSet;
import org.vaetf.data.Scaling;
import org.vaetf.likelihood.Bernoulli;
import org.vaetf.likelihood.Categorical;
import org.vaetf.likelihood.ContinuousBernoulli;
import org.vaetf.likelihood.DiscretizedLogistic;
import org.vaetf.likelihood.DiscretizedLogisticMixture;
import org.vaetf.likelihood.Likelihood;
import org.vaetf.likelihood.NegativeBinomial;
import org.vaetf.likelihood.Poisson;
import org.vaetf.model.ModelConfig;
import org.vaetf.testing.TinyModel;

/** Rows of bytes under every scaling: what a likelihood has no probability for is refused. */
class SupportOfStoredRowsTest {
  private static final RowShape SHAPE = RowShape.image(2, 2, 3);

  @TempDir Path folder;

  static Stream<Arguments> fitting() {
    return Stream.of(
        Arguments.of(new ContinuousBernoulli(), Scaling.Kind.UNIT),
        Arguments.of(DiscretizedLogistic.defaults(), Scaling.Kind.UNIT),
        Arguments.of(new DiscretizedLogisticMixture(2), Scaling.Kind.UNIT),
        Arguments.of(Categorical.defaults(), Scaling.Kind.UNIT),
        Arguments.of(new Poisson(), Scaling.Kind.NONE),
        Arguments.of(NegativeBinomial.defaults(), Scaling.Kind.NONE));
  }

  @ParameterizedTest
  @MethodSource("fitting")
  void fitting(Likelihood likelihood, Scaling.Kind scaling) {
    TrainingResult result = run(likelihood, scaling);
    assertEquals(2, result.epochs());
    assertTrue(Files.exists(folder.resolve("run").resolve("saved_model")));
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(new Bernoulli(), Scaling.Kind.NONE, "--scaling unit"),
        Arguments.of(new Bernoulli(), Scaling.Kind.STANDARDIZE, "--scaling unit"),
        Arguments.of(DiscretizedLogistic.defaults(), Scaling.Kind.NONE, "--scaling unit"),
        Arguments.of(Categorical.defaults(), Scaling.Kind.STANDARDIZE, "--scaling unit"),
        Arguments.of(new Categorical(16), Scaling.Kind.UNIT, "one of 16 levels"),
        Arguments.of(new Poisson(), Scaling.Kind.UNIT, "--scaling none"),
        Arguments.of(NegativeBinomial.defaults(), Scaling.Kind.STANDARDIZE, "--scaling none"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refused(Likelihood likelihood, Scaling.Kind scaling, String advice) {
    ConfigException refused = assertThrows(ConfigException.class, () -> run(likelihood, scaling));
    assertTrue(refused.getMessage().contains(advice), refused.getMessage());
    assertFalse(Files.exists(folder.resolve("run")), "a refused run leaves nothing");
  }

  private TrainingResult run(Likelihood likelihood, Scaling.Kind scaling) {
    ModelConfig model = TinyModel.of("vae dense bernoulli").config().withLikelihood(likelihood);
    RunConfig config = TinyRun.config(model, 2);
    config = config.withData(config.data().withScaling(scaling));
    try (DataSplit data =
        new DataSplit(
            InMemoryDataSet.of("train bytes", SHAPE, bytes(50)),
            InMemoryDataSet.of("test bytes", SHAPE, bytes(12)))) {
      return Trainer.of(config).run(folder.resolve("run"), false, data);
    }
  }

  private static byte[] bytes(int rows) {
    byte[] values = new byte[rows * SHAPE.size()];
    SplittableRandom random = new SplittableRandom(rows);
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) random.nextInt(256);
    }
    return values;
  }
}
