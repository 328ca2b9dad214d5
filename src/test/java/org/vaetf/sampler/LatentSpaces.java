package org.vaetf.sampler;

import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.vaetf.base.Json;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.data.DataSplit;
import org.vaetf.data.InMemoryDataSet;
import org.vaetf.data.Scaling;
import org.vaetf.export.ExportedModel;
import org.vaetf.export.Manifest;
import org.vaetf.export.ModelExport;
import org.vaetf.export.SavedModelVae;
import org.vaetf.model.ModelConfig;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.TinyModel;

/** Models to fit samplers to, and latent points that did not come from them. */
final class LatentSpaces {
  private LatentSpaces() {}

  /** A model of a few dozen weights, two latent dimensions. */
  static TinyModel model() {
    return TinyModel.of("vae dense bernoulli");
  }

  /** Exports a model with random weights, its manifest as a run's. */
  static Path export(TinyModel model, Path folder) {
    Manifest plain = TinyModel.manifest(model.shape(), Scaling.none());
    ModelConfig config = model.config();
    ModelExport.write(
        folder,
        config,
        model.weights(1),
        new Manifest(
            plain.contract(),
            plain.library(),
            plain.tensorflow(),
            plain.data(),
            plain.classes(),
            Json.toMap(config),
            Map.of(),
            3,
            Map.of("loss", 1.0)));
    return folder;
  }

  /** The model of a folder. */
  static ExportedModel read(Path folder) {
    try (SavedModelVae vae = SavedModelVae.load(folder, Evaluate.ONE_THREAD)) {
      return ExportedModel.of(vae);
    }
  }

  /** Rows for a model. */
  static DataSplit data(TinyModel model, int train, int test) {
    return new DataSplit(
        InMemoryDataSet.of("train rows", model.data(train, 11)),
        InMemoryDataSet.of("test rows", model.data(test, 12)));
  }

  /** What a sampler is given of points that stand for those of a model's rows. */
  static LatentRows given(ExportedModel model, Samples points, long seed) {
    return new LatentRows(
        model, null, null, points, new Seed(seed), Evaluate.ONE_THREAD, (turn, most, nats) -> {});
  }

  /** Fits a sampler to some points and writes the model with it. */
  static Sampler.Fit fit(Sampler sampler, Path folder, Samples points, Path to) {
    ExportedModel model = read(folder);
    Sampler.Fit fit = sampler.fit(given(model, points, 5));
    Manifest.Sampler told =
        new Manifest.Sampler(Json.toMap(sampler), 5, "points", "", points.rows(), fit.metrics());
    new FittedSampler(model, fit, told).writeTo(to);
    return fit;
  }

  /** Points that the signature {@code sample} of a folder gives. */
  static Samples drawn(Path folder, int count, long seed) {
    try (SavedModelVae vae = SavedModelVae.load(folder, Evaluate.ONE_THREAD)) {
      return vae.points(count, seed, 0);
    }
  }

  /** A point by normal numbers. */
  interface Form {
    double[] of(double a, double b);
  }

  /** Two-dimensional points, normal numbers through a form. */
  static Samples points(int rows, long seed, Form form) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[2 * rows];
    for (int i = 0; i < rows; i++) {
      double[] point = form.of(normal(random), normal(random));
      values[2 * i] = (float) point[0];
      values[2 * i + 1] = (float) point[1];
    }
    return new Samples(RowShape.of(2), values);
  }

  /** Box and Muller (1958). */
  static double normal(SplittableRandom random) {
    double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
    return radius * Math.cos(2 * Math.PI * random.nextDouble());
  }

  /** Mean and covariance: m₀, m₁, c₀₀, c₀₁, c₁₁. */
  static double[] moments(Samples points) {
    double[] mean = new double[2];
    int rows = points.rows();
    for (int i = 0; i < rows; i++) {
      mean[0] += points.values()[2 * i] / (double) rows;
      mean[1] += points.values()[2 * i + 1] / (double) rows;
    }
    double[] sums = new double[3];
    for (int i = 0; i < rows; i++) {
      double a = points.values()[2 * i] - mean[0];
      double b = points.values()[2 * i + 1] - mean[1];
      sums[0] += a * a / rows;
      sums[1] += a * b / rows;
      sums[2] += b * b / rows;
    }
    return new double[] {mean[0], mean[1], sums[0], sums[1], sums[2]};
  }
}
