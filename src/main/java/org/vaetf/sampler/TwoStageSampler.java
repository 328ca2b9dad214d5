package org.vaetf.sampler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.Check;
import org.vaetf.base.VaeException;
import org.vaetf.data.Scaling;
import org.vaetf.export.ExportedModel;
import org.vaetf.export.LoadOptions;
import org.vaetf.export.SavedModelVae;
import org.vaetf.likelihood.Gaussian;
import org.vaetf.likelihood.Spread;
import org.vaetf.model.LatentSampler;
import org.vaetf.model.ModelConfig;
import org.vaetf.model.Objective;
import org.vaetf.model.VaeGraph;
import org.vaetf.network.DenseNetwork;
import org.vaetf.nn.Activation;
import org.vaetf.tf.Array;
import org.vaetf.train.DivergenceException;
import org.vaetf.train.EpochReport;
import org.vaetf.train.OptimizerConfig;
import org.vaetf.train.RunConfig;
import org.vaetf.train.Schedule;
import org.vaetf.train.Trainer;
import org.vaetf.train.TrainingConfig;
import org.vaetf.train.TrainingListener;
import org.vaetf.train.TrainingResult;

/**
 * A second VAE on the latent points of the first, with as many latent dimensions and one learned
 * variance for its decoder: Dai and Wipf, "Diagnosing and enhancing VAE models", arXiv 1903.05789,
 * section 4. A new z is a draw of the second model, its decoder's noise with it. The second learns
 * in standardized units by the library's own {@link Trainer}; kept is the epoch with the greatest
 * bound on the points held out.
 *
 * @param hidden widths of the second model's dense layers, at least one
 * @param latents draws from the posteriors, or their means
 * @param epochs passes over the points, at least 1
 * @param batch points a step, at least 1
 * @param learningRate Adam's η at first, above 0; it falls to 0 along half a cosine
 * @param heldOut share of the points to choose the epoch by
 */
public record TwoStageSampler(
    List<Integer> hidden,
    Latents latents,
    int epochs,
    int batch,
    double learningRate,
    double heldOut)
    implements Sampler {

  /**
   * Copies and checks the settings.
   *
   * @param hidden widths of the second model's dense layers, at least one
   * @param latents draws from the posteriors, or their means
   * @param epochs passes over the points, at least 1
   * @param batch points a step, at least 1
   * @param learningRate Adam's η at first, above 0
   * @param heldOut share of the points to choose the epoch by
   * @throws org.vaetf.base.ConfigException if one is missing or out of range
   */
  public TwoStageSampler {
    hidden = List.copyOf(Check.present("hidden", hidden));
    new DenseNetwork(hidden, Activation.SWISH);
    Check.present("latents", latents);
    Check.atLeast("epochs", epochs, 1);
    Check.atLeast("batch", batch, 1);
    Check.positive("learningRate", learningRate);
    Check.fraction("heldOut", heldOut);
  }

  /**
   * Two layers of 256, 100 epochs.
   *
   * @return the defaults
   */
  public static TwoStageSampler defaults() {
    return new TwoStageSampler(List.of(256, 256), Latents.DRAWS, 100, 256, 0.001, 0.1);
  }

  @Override
  public Fit fit(LatentRows latent) {
    // The trainer leaves a run, of which nothing is kept but the weights.
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      Path folder = Files.createTempDirectory(temporary, "vae-tf-");
      try {
        return fit(latent, folder.resolve("second-stage"));
      } finally {
        AtomicOutput.deleteTree(folder);
      }
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(temporary, e);
    }
  }

  private Fit fit(LatentRows latent, Path run) {
    HeldOut rows = HeldOut.of(latent.points(), heldOut, latent.seed());
    double nats = Standardized.nats(rows.scaling());
    RunConfig config = config(rows, latent);
    TrainingResult result =
        train(
            Trainer.of(config)
                .listen(
                    new TrainingListener() {
                      @Override
                      public void onEpoch(EpochReport report) {
                        double bound = -loss(report.test()) - nats;
                        latent.listener().onTurn(report.epoch(), epochs, bound);
                      }
                    }),
            run,
            rows);
    Map<String, Array> weights = new LinkedHashMap<>(weights(run, latent));
    weights.putAll(Standardized.weights(rows.scaling()));
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("best_epoch", (double) result.bestEpoch());
    metrics.put("held_out_elbo", -loss(result.best()) - nats);
    return new Fit(
        Optional.of(new SecondStage(config.model())), weights, Optional.empty(), metrics);
  }

  private static TrainingResult train(Trainer trainer, Path run, HeldOut rows) {
    try {
      return trainer.run(run, false, rows.units());
    } catch (DivergenceException e) {
      throw new VaeException(
          "the second stage diverged: "
              + e.term()
              + " is no finite number at step "
              + e.step()
              + "; lower learningRate",
          e);
    }
  }

  private static Map<String, Array> weights(Path run, LatentRows latent) {
    LoadOptions options = LoadOptions.defaults().withCompute(latent.compute());
    Map<String, Array> weights = new LinkedHashMap<>();
    try (SavedModelVae second = SavedModelVae.load(run, options)) {
      ExportedModel.of(second)
          .weights()
          .forEach(
              (name, values) -> {
                if (!VaeGraph.isEncoder(name)) {
                  weights.put(LatentSampler.PATH + "." + name, values);
                }
              });
    }
    return weights;
  }

  private static double loss(Map<String, Double> terms) {
    return terms.get(Objective.NEGATIVE_ELBO);
  }

  private RunConfig config(HeldOut rows, LatentRows latent) {
    RunConfig config = RunConfig.defaults();
    return config
        .withModel(
            ModelConfig.defaults()
                .withNetwork(new DenseNetwork(hidden, Activation.SWISH))
                .withLatent(rows.shape().size())
                .withLikelihood(new Gaussian(Spread.LEARNED, 1)))
        .withData(config.data().withScaling(Scaling.Kind.NONE))
        .withTraining(
            TrainingConfig.defaults()
                .withEpochs(epochs)
                .withBatch(rows.batch(batch))
                .withOptimizer(OptimizerConfig.defaults().withLearningRate(learningRate))
                .withSchedule(new Schedule.Cosine(0))
                .withSeed(latent.seed().named("second-stage").value())
                .withCompute(latent.compute()));
  }
}
