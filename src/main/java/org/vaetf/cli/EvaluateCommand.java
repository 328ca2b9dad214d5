package org.vaetf.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.vaetf.base.Named;
import org.vaetf.data.DataSet;
import org.vaetf.eval.BitsPerDimension;
import org.vaetf.eval.Evaluation;
import org.vaetf.eval.Evaluator;
import org.vaetf.export.SavedModelVae;

/** Judges a model by rows it has not learned from. */
final class EvaluateCommand implements Command {
  private static final int DRAWS = 100;
  private static final String NONE = "none";

  @Override
  public String name() {
    return "evaluate";
  }

  @Override
  public String operands() {
    return TrainedModel.OPERAND;
  }

  @Override
  public String summary() {
    return "Judge a model by test rows: negative ELBO and its two terms, log-likelihood"
        + " (importance-weighted with --importance-samples draws, 100), squared error, PSNR and"
        + " SSIM, and what --metrics names; means with their standard errors.";
  }

  @Override
  public String example() {
    return "java -jar vae-tf.jar evaluate runs/first --importance-samples 5000 --json";
  }

  @Override
  public List<CliOption> options() {
    List<CliOption> options = new ArrayList<>(TrainedModel.OPTIONS);
    options.addAll(Input.OPTIONS);
    options.addAll(
        List.of(
            CliOption.IMPORTANCE_SAMPLES,
            CliOption.SAMPLES,
            CliOption.METRICS,
            CliOption.SEED,
            CliOption.JSON));
    return options;
  }

  @Override
  public void run(Arguments arguments, Console console) {
    int draws = draws(arguments);
    List<MetricGroup> groups = groups(arguments);
    long seed = arguments.seed(0);
    MetricSheet sheet = new MetricSheet();
    try (SavedModelVae vae = TrainedModel.load(arguments, console);
        DataSet data = Input.dataSet(arguments, console, vae)) {
      try (Meter meter = console.meter(name(), "draws", (long) data.rows() * draws)) {
        add(sheet, new Evaluator(vae.scaled(), draws, seed).evaluate(data, meter::advance), vae);
      }
      for (MetricGroup group : groups) {
        group.measure(new MetricGroup.Subject(vae, data, seed, console), sheet);
      }
    }
    console.print(arguments.has(CliOption.JSON) ? sheet.json() : sheet.text());
  }

  private static int draws(Arguments arguments) {
    if (!arguments.has(CliOption.IMPORTANCE_SAMPLES)) {
      return arguments.whole(CliOption.SAMPLES, DRAWS, 1);
    }
    if (arguments.has(CliOption.SAMPLES)) {
      throw UsageException.inapplicable(
          CliOption.SAMPLES, "--importance-samples says the same; expected one of the two");
    }
    return arguments.whole(CliOption.IMPORTANCE_SAMPLES, DRAWS, 1);
  }

  private static List<MetricGroup> groups(Arguments arguments) {
    Optional<String> names = arguments.text(CliOption.METRICS);
    if (names.isEmpty()) {
      return List.of(MetricGroup.INFORMATION);
    }
    if (names.get().equals(NONE)) {
      return List.of();
    }
    return Arrays.stream(names.get().split(",", -1))
        .map(
            name ->
                TypedText.word(
                    CliOption.METRICS.flag(),
                    name,
                    Arrays.stream(MetricGroup.values()).map(MetricGroup::label).toList()))
        .map(name -> Named.of(MetricGroup.class, "metrics", name))
        .distinct()
        .sorted()
        .toList();
  }

  private static void add(MetricSheet sheet, Evaluation evaluation, SavedModelVae vae) {
    sheet.count("rows", "rows", evaluation.rows());
    sheet.count("samples", "draws a row", evaluation.draws());
    evaluation
        .negativeElboNats()
        .ifPresent(e -> sheet.estimate("negative_elbo_nats", "negative ELBO", e, "nats"));
    sheet.estimate(
        "reconstruction_error_nats",
        "reconstruction error",
        evaluation.reconstructionErrorNats(),
        "nats");
    evaluation.klNats().ifPresent(e -> sheet.estimate("kl_nats", "KL", e, "nats"));
    evaluation
        .logLikelihoodNats()
        .ifPresent(
            e ->
                sheet.estimate(
                    "log_likelihood_nats",
                    "log-likelihood",
                    e,
                    "nats, with " + evaluation.draws() + " draws"));
    LikelihoodMeasure.of(vae.manifest())
        .flatMap(
            measure ->
                evaluation.bitsPerDimension(
                    BitsPerDimension.of(
                        vae.shape(),
                        vae.manifest().data().scaling(),
                        measure == LikelihoodMeasure.PROBABILITY)))
        .ifPresent(e -> sheet.estimate("bits_per_dimension", "bits per dimension", e, "bits"));
    sheet.estimate(
        "squared_error",
        "mean squared error",
        evaluation.squaredError(),
        "(units of the data, squared)");
    evaluation
        .peakSignalToNoiseDecibels()
        .ifPresent(e -> sheet.estimate("psnr_decibels", "PSNR", e, "dB"));
    evaluation.structuralSimilarity().ifPresent(e -> sheet.estimate("ssim", "SSIM", e, ""));
    if (evaluation.negativeElboNats().isEmpty()) {
      sheet.note(
          "no ELBO, KL or log-likelihood: this model is an autoencoder, whose posterior has no"
              + " density");
    }
  }
}
