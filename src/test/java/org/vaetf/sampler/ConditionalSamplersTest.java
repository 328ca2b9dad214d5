package org.vaetf.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.vaetf.testing.Near.assertNear;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaetf.base.Json;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.Classes;
import org.vaetf.data.DataSplit;
import org.vaetf.data.InMemoryDataSet;
import org.vaetf.data.Scaling;
import org.vaetf.export.Generated;
import org.vaetf.export.Manifest;
import org.vaetf.export.ModelExport;
import org.vaetf.export.SavedModelVae;
import org.vaetf.flow.RealNvp;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.OneLine;
import org.vaetf.testing.TinyModel;

/** Samplers of models that are given labels. */
class ConditionalSamplersTest {
  private static final int ROWS = 40;
  private static final int CLASSES = 3;

  private final TinyModel tiny =
      TinyModel.conditional().filter(model -> model.name().endsWith("dense")).findFirst().get();

  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void export() {
    model = folder.resolve("model");
    Manifest plain = TinyModel.manifest(tiny.shape(), Scaling.none());
    ModelExport.write(
        model,
        tiny.config(),
        tiny.weights(1),
        new Manifest(
            plain.contract(),
            plain.library(),
            plain.tensorflow(),
            plain.data(),
            new Classes(CLASSES, List.of()),
            Json.toMap(tiny.config()),
            Map.of(),
            3,
            Map.of("loss", 1.0)));
  }

  private InMemoryDataSet rows(int count, int seed) {
    return InMemoryDataSet.of("rows", tiny.data(count, seed))
        .withLabels(IntStream.range(0, count).map(row -> row % CLASSES).toArray());
  }

  private FittedSampler fit(Sampler sampler) {
    try (DataSplit data = new DataSplit(rows(ROWS, 11), rows(10, 12))) {
      return SamplerFit.of(sampler)
          .withCompute(Evaluate.ONE_THREAD)
          .fit(LatentSpaces.read(model), data);
    }
  }

  static Stream<Sampler> samplers() {
    return Stream.of(
        new NormalMixtureSampler(2, Latents.DRAWS, 1e-6, 50, 1e-4),
        new FlowSampler(new RealNvp(2, List.of(6)), Latents.DRAWS, 2, 16, 0.01, 0.2),
        new TwoStageSampler(List.of(6), Latents.DRAWS, 2, 16, 0.01, 0.2),
        new VampSampler(10));
  }

  /** Points do not depend on the label; what is made of them is what the label's decoder makes. */
  @ParameterizedTest
  @MethodSource("samplers")
  void pointsAreDecodedWithTheLabelAskedFor(Sampler sampler) {
    Path fitted = folder.resolve("fitted");
    fit(sampler).writeTo(fitted);
    try (SavedModelVae vae = SavedModelVae.load(fitted, Evaluate.ONE_THREAD)) {
      Generated ones = vae.sample(5, 7, 1);
      Generated twos = vae.sample(5, 7, 2);
      assertArrayEquals(ones.z().values(), twos.z().values());
      assertFalse(Arrays.equals(ones.x().values(), twos.x().values()));
      int[] label = {2, 2, 2, 2, 2};
      assertNear(
          vae.decode(Batch.of(twos.z(), label)).values(), twos.x().values(), 1e-6, "decoded");
    }
  }

  /** A mixture of one component is the mean of the points, which are those of rows with labels. */
  @Test
  void pointsAreOfTheRowsWithTheirLabels() {
    FittedSampler fitted = fit(new NormalMixtureSampler(1, Latents.MEANS, 1e-6, 50, 1e-9));
    InMemoryDataSet rows = rows(ROWS, 11);
    Samples means;
    Samples others;
    try (SavedModelVae vae = SavedModelVae.load(model, Evaluate.ONE_THREAD)) {
      Samples x = tiny.data(ROWS, 11);
      means = vae.encode(Batch.of(x, rows.labels().orElseThrow())).mean();
      others = vae.encode(Batch.of(x, new int[ROWS])).mean();
    }
    double[] expected = mean(means);
    float[] found =
        fitted.fit().weights().entrySet().stream()
            .filter(weight -> weight.getKey().endsWith("means"))
            .findFirst()
            .orElseThrow()
            .getValue()
            .values();
    assertNear(expected, found, 1e-5, "mean of the points");
    assertFalse(Math.abs(mean(others)[0] - expected[0]) < 1e-3, "labels do not matter");
  }

  private static double[] mean(Samples points) {
    double[] mean = new double[points.shape().size()];
    for (int i = 0; i < points.values().length; i++) {
      mean[i % mean.length] += points.values()[i] / points.rows();
    }
    return mean;
  }

  @Test
  void rowsWithoutLabelsAreRefused() {
    try (DataSplit data =
        new DataSplit(
            InMemoryDataSet.of("rows", tiny.data(ROWS, 11)),
            InMemoryDataSet.of("rows", tiny.data(10, 12)))) {
      OneLine.of(
          () -> SamplerFit.of(new VampSampler(5)).fit(LatentSpaces.read(model), data),
          "holds rows without labels");
    }
  }
}
