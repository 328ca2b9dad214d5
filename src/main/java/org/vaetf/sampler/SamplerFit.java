package org.vaetf.sampler;

import java.util.LinkedHashMap;
import java.util.Map;
import org.vaetf.base.Json;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.data.DataSplit;
import org.vaetf.data.Fingerprint;
import org.vaetf.export.ExportedModel;
import org.vaetf.export.Manifest;
import org.vaetf.tf.Compute;

/**
 * Fits a sampler to the latent space of a trained model.
 *
 * <pre>{@code
 * try (SavedModelVae vae = SavedModelVae.load(run);
 *     DataSplit data = RunFolder.existing(run).readConfig().data().open(vae.manifest().seed())) {
 *   FittedSampler fitted =
 *       SamplerFit.of(NormalMixtureSampler.defaults()).fit(ExportedModel.of(vae), data);
 *   fitted.writeTo(Path.of("model-with-mixture"));
 * }
 * }</pre>
 *
 * <p>Of a conditional model the points are those that q(z|x, y) gives the rows with their labels.
 * The sampler knows no label, as the prior knows none: z is drawn, and decoded with the label asked
 * for.
 *
 * <p>A fit is a function of sampler, seed, model and data, whatever the number of threads.
 */
public final class SamplerFit {
  /** Mean log-density of the latent points that the sampler was fitted to. */
  public static final String TRAIN_LOG_DENSITY = "train_log_density";

  /** Mean log-density of the test rows' latent points. */
  public static final String TEST_LOG_DENSITY = "test_log_density";

  /** The same under the model's own prior. */
  public static final String TEST_LOG_DENSITY_OF_PRIOR = "test_log_density_of_prior";

  private final Sampler sampler;
  private final long seed;
  private final Compute compute;
  private final FitListener listener;

  private SamplerFit(Sampler sampler, long seed, Compute compute, FitListener listener) {
    this.sampler = sampler;
    this.seed = seed;
    this.compute = compute;
    this.listener = listener;
  }

  /**
   * A fit with seed 0, on the CPU, that nobody listens to.
   *
   * @param sampler its settings
   * @return a fit that has not begun
   */
  public static SamplerFit of(Sampler sampler) {
    return new SamplerFit(sampler, 0, Compute.defaults(), (turn, most, nats) -> {});
  }

  /**
   * The same with another seed.
   *
   * @param value of everything random
   * @return a copy
   */
  public SamplerFit withSeed(long value) {
    return new SamplerFit(sampler, value, compute, listener);
  }

  /**
   * The same on another device, or with other threads.
   *
   * @param value device and threads
   * @return a copy
   */
  public SamplerFit withCompute(Compute value) {
    return new SamplerFit(sampler, seed, value, listener);
  }

  /**
   * The same with a listener.
   *
   * @param value told how the fit comes along
   * @return a copy
   */
  public SamplerFit withListener(FitListener value) {
    return new SamplerFit(sampler, seed, compute, value);
  }

  /**
   * Fits the sampler. Files stay as they are.
   *
   * @param model that new points are to be decoded by
   * @param data rows to learn from, and rows to judge by; not closed
   * @return the fitted sampler with its metrics
   * @throws org.vaetf.base.ConfigException if the sampler does not fit the model or the data
   * @throws org.vaetf.base.DataException if the data cannot be read, are of another shape, or lack
   *     the labels of a conditional model
   * @throws org.vaetf.base.VaeException if the fit fails
   */
  public FittedSampler fit(ExportedModel model, DataSplit data) {
    sampler.requireFits(model.config());
    Seed root = new Seed(seed).named("sampler");
    try (PosteriorEncoder encoder = new PosteriorEncoder(model, compute)) {
      Samples points =
          encoder.points(data.train(), sampler.latents(), root.named("training-latents"));
      LatentRows latents =
          new LatentRows(model, encoder, data.train(), points, root, compute, listener);
      Sampler.Fit fit = sampler.fit(latents);
      Samples judges = encoder.points(data.test(), sampler.latents(), root.named("test-latents"));
      Map<String, Double> metrics = new LinkedHashMap<>(fit.metrics());
      fit.density()
          .ifPresent(
              density -> {
                metrics.put(TRAIN_LOG_DENSITY, density.meanLog(points));
                metrics.put(TEST_LOG_DENSITY, density.meanLog(judges));
              });
      metrics.put(TEST_LOG_DENSITY_OF_PRIOR, PriorSampler.density(latents).meanLog(judges));
      return new FittedSampler(
          model,
          fit,
          new Manifest.Sampler(
              Json.toMap(sampler),
              seed,
              data.train().name(),
              Fingerprint.of(data.train()),
              data.train().rows(),
              metrics));
    }
  }
}
