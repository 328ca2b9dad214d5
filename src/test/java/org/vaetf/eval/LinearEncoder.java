package org.vaetf.eval;

import java.nio.file.Path;
import java.util.Map;
import org.vaetf.base.RowShape;
import org.vaetf.export.SavedModelVae;
import org.vaetf.latent.NormalMixturePrior;
import org.vaetf.latent.Prior;
import org.vaetf.latent.StandardNormal;
import org.vaetf.model.ModelConfig;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.Array;

/** Models whose posterior is a chosen linear map of the row. */
final class LinearEncoder {
  private LinearEncoder() {}

  /**
   * A model.
   *
   * @param preset {@code vae} or {@code ae}
   * @param kernel {@code [width][parameters]}: means, then (of a VAE) log-variances
   * @param bias {@code [parameters]}
   */
  static SavedModelVae load(Path folder, String preset, double[][] kernel, double[] bias) {
    return load(folder, preset, kernel, bias, new StandardNormal(), Map.of());
  }

  private static SavedModelVae load(
      Path folder,
      String preset,
      double[][] kernel,
      double[] bias,
      Prior prior,
      Map<String, Array> ofPrior) {
    int latent = preset.equals("ae") ? bias.length : bias.length / 2;
    ModelConfig config =
        TinyModel.of(preset + " linear fixed").config().withLatent(latent).withPrior(prior);
    TinyModel model = new TinyModel(preset, config, RowShape.of(kernel.length));
    Map<String, Array> weights = model.weights(1);
    weights.putAll(ofPrior);
    float[] flat = new float[kernel.length * bias.length];
    float[] constant = new float[bias.length];
    for (int j = 0; j < bias.length; j++) {
      constant[j] = (float) bias[j];
      for (int i = 0; i < kernel.length; i++) {
        flat[i * bias.length + j] = (float) kernel[i][j];
      }
    }
    weights.put(
        "encoder.posterior.kernel", new Array(new long[] {kernel.length, bias.length}, flat));
    weights.put("encoder.posterior.bias", new Array(new long[] {bias.length}, constant));
    return SavedModelVae.load(model.export(folder.resolve(preset), weights), Evaluate.ONE_THREAD);
  }

  /** The row itself: of a VAE its first half are the means, its second the log-variances. */
  static SavedModelVae identity(Path folder, String preset, int parameters) {
    return load(folder, preset, identity(parameters), new double[parameters]);
  }

  /** A VAE that the row is the posterior of, with a learned prior that came to N(means, I). */
  static SavedModelVae identity(Path folder, float... means) {
    int latent = means.length;
    Map<String, Array> prior =
        Map.of(
            "prior.logits", new Array(new long[] {1}, new float[1]),
            "prior.means", new Array(new long[] {1, latent}, means),
            "prior.log_variances", new Array(new long[] {1, latent}, new float[latent]));
    return load(
        folder,
        "vae",
        identity(2 * latent),
        new double[2 * latent],
        new NormalMixturePrior(1),
        prior);
  }

  private static double[][] identity(int size) {
    double[][] kernel = new double[size][size];
    for (int i = 0; i < size; i++) {
      kernel[i][i] = 1;
    }
    return kernel;
  }
}
