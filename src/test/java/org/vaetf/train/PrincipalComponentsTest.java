package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.DataSplit;
import org.vaetf.export.SavedModelVae;
import org.vaetf.network.LinearNetwork;
import org.vaetf.testing.Golden;
import org.vaetf.testing.Near;

/** The linear autoencoder is PCA: Baldi and Hornik (1989). */
class PrincipalComponentsTest {
  private static final JsonNode GOLDEN = Golden.read("pca");
  private static final int COMPONENTS = 2;

  /** An epoch is as many steps. */
  private static final int REPEATS = 100;

  private static final double GREATEST_ANGLE_DEGREES = 2;

  @TempDir Path folder;

  @Test
  void theLinearAutoencoderReachesTheErrorAndSpansTheSubspace() {
    double[][] components = components();
    int width = components[0].length;
    Samples x = new Samples(RowShape.of(width), Golden.floats(GOLDEN.get("x")));
    RunConfig config = RunConfig.of("ae");
    RunConfig linear =
        config
            .withModel(config.model().withNetwork(new LinearNetwork()).withLatent(COMPONENTS))
            .withTraining(
                config
                    .training()
                    .withEpochs(30)
                    .withBatch(x.rows())
                    .withOptimizer(OptimizerConfig.defaults().withLearningRate(0.03))
                    .withSchedule(new Schedule.Cosine(0)));
    try (DataSplit data = TinyRun.data(Samples.concatenate(Collections.nCopies(REPEATS, x)), x)) {
      Trainer.of(linear).run(folder.resolve("run"), false, data);
    }
    try (SavedModelVae vae = SavedModelVae.load(folder.resolve("run"))) {
      double error = 0;
      float[] reconstruction = vae.reconstruct(x).values();
      for (int i = 0; i < reconstruction.length; i++) {
        double difference = reconstruction[i] - (double) x.values()[i];
        error += difference * difference / reconstruction.length;
      }
      double best = GOLDEN.get("mse").get(COMPONENTS).doubleValue();
      System.out.println("linear autoencoder: MSE " + error + ", PCA's " + best);
      assertTrue(error >= best * (1 - 1e-4), "no linear map is better: " + error + " < " + best);
      assertTrue(error <= best * 1.01, "MSE " + error + ", PCA's " + best);

      double angle = Math.toDegrees(Math.acos(smallestCosine(components, axes(vae))));
      System.out.println("linear autoencoder: largest principal angle " + angle + " degrees");
      assertTrue(
          angle <= GREATEST_ANGLE_DEGREES,
          "largest principal angle " + angle + " degrees, at most " + GREATEST_ANGLE_DEGREES);
    }
  }

  /** What the decoder spans: its images of the unit points, less its image of 0; orthonormal. */
  private static double[][] axes(SavedModelVae vae) {
    Samples points = Samples.of(new float[][] {{0, 0}, {1, 0}, {0, 1}});
    Samples images = vae.decode(points);
    double[][] axes = new double[COMPONENTS][];
    for (int i = 0; i < COMPONENTS; i++) {
      axes[i] = minus(Near.doubles(images.row(i + 1)), Near.doubles(images.row(0)), 1);
      for (int j = 0; j < i; j++) {
        axes[i] = minus(axes[i], axes[j], dot(axes[i], axes[j]));
      }
      axes[i] = unit(axes[i]);
    }
    return axes;
  }

  /** The least singular value of the 2×2 matrix of cosines. */
  private static double smallestCosine(double[][] one, double[][] other) {
    double a = dot(one[0], other[0]);
    double b = dot(one[0], other[1]);
    double c = dot(one[1], other[0]);
    double d = dot(one[1], other[1]);
    double squares = a * a + b * b + c * c + d * d;
    double determinant = a * d - b * c;
    double root = Math.sqrt(Math.max(0, squares * squares - 4 * determinant * determinant));
    return Math.min(1, Math.sqrt(Math.max(0, (squares - root) / 2)));
  }

  /** The leading eigenvectors of the covariance by power iteration and deflation. */
  private static double[][] components() {
    double[] mean = Golden.doubles(GOLDEN.get("mean"));
    double[] x = Golden.doubles(GOLDEN.get("x"));
    double[] eigenvalues = Golden.doubles(GOLDEN.get("eigenvalues"));
    int width = mean.length;
    int rows = x.length / width;
    double[][] covariance = new double[width][width];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < width; i++) {
        for (int j = 0; j < width; j++) {
          covariance[i][j] +=
              (x[row * width + i] - mean[i]) * (x[row * width + j] - mean[j]) / rows;
        }
      }
    }
    double[][] components = new double[COMPONENTS][];
    for (int k = 0; k < COMPONENTS; k++) {
      double[] vector = new double[width];
      vector[k] = 1;
      vector[width - 1] = 0.5;
      for (int turn = 0; turn < 2000; turn++) {
        double[] image = new double[width];
        for (int i = 0; i < width; i++) {
          image[i] = dot(covariance[i], vector);
        }
        for (int j = 0; j < k; j++) {
          image = minus(image, components[j], dot(image, components[j]));
        }
        vector = unit(image);
      }
      components[k] = vector;
      double[] image = new double[width];
      for (int i = 0; i < width; i++) {
        image[i] = dot(covariance[i], vector);
      }
      assertNear(eigenvalues[k], dot(image, vector), 1e-6, "eigenvalue " + k);
    }
    return components;
  }

  private static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  private static double[] minus(double[] one, double[] other, double factor) {
    double[] difference = one.clone();
    for (int i = 0; i < one.length; i++) {
      difference[i] -= factor * other[i];
    }
    return difference;
  }

  private static double[] unit(double[] vector) {
    return minus(new double[vector.length], vector, -1 / Math.sqrt(dot(vector, vector)));
  }
}
