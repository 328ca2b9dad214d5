package org.vaetf.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.vaetf.base.Json;
import org.vaetf.data.DataSet;
import org.vaetf.eval.Estimate;
import org.vaetf.eval.Evaluation;
import org.vaetf.eval.Evaluator;
import org.vaetf.export.SavedModelVae;

/** Judges a model by rows it has not learned from. */
final class EvaluateCommand implements Command {
  private static final int DRAWS = 100;

  @Override
  public String name() {
    return "evaluate";
  }

  @Override
  public String summary() {
    return "Judge a model by test rows: negative ELBO, its two terms, log-likelihood"
        + " (importance-weighted with --samples draws, 100) and squared error, each with its"
        + " standard error.";
  }

  @Override
  public String example() {
    return "java -jar vae-tf.jar evaluate --model runs/first --samples 100 --json";
  }

  @Override
  public List<CliOption> options() {
    List<CliOption> options = new ArrayList<>(TrainedModel.OPTIONS);
    options.addAll(Input.OPTIONS);
    options.addAll(List.of(CliOption.SAMPLES, CliOption.SEED, CliOption.JSON));
    return options;
  }

  @Override
  public void run(Arguments arguments, Console console) {
    int draws = arguments.whole(CliOption.SAMPLES, DRAWS, 1);
    long seed = arguments.seed(0);
    try (SavedModelVae vae = TrainedModel.load(arguments, console);
        DataSet data = Input.dataSet(arguments, console, vae);
        Meter meter = console.meter(name(), "rows", data.rows())) {
      Evaluation evaluation =
          new Evaluator(vae.scaled(), draws, seed).evaluate(data, meter::advance);
      console.print(arguments.has(CliOption.JSON) ? json(evaluation) : text(evaluation));
    }
  }

  private static String json(Evaluation evaluation) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("rows", evaluation.rows());
    values.put("samples", evaluation.draws());
    Map<String, Estimate> estimates = new LinkedHashMap<>();
    evaluation.negativeElboNats().ifPresent(e -> estimates.put("negative_elbo_nats", e));
    estimates.put("reconstruction_error_nats", evaluation.reconstructionErrorNats());
    evaluation.klNats().ifPresent(e -> estimates.put("kl_nats", e));
    evaluation.logLikelihoodNats().ifPresent(e -> estimates.put("log_likelihood_nats", e));
    estimates.put("squared_error", evaluation.squaredError());
    estimates.forEach(
        (name, estimate) -> {
          Map<String, Object> entry = new LinkedHashMap<>();
          entry.put("mean", estimate.mean());
          entry.put("standard_error", estimate.standardError());
          values.put(name, entry);
        });
    return Json.write(values);
  }

  private static String text(Evaluation evaluation) {
    List<String> lines = new ArrayList<>();
    lines.add(String.format(Locale.ROOT, "%-22s %d", "rows", evaluation.rows()));
    evaluation.negativeElboNats().ifPresent(e -> lines.add(line("negative ELBO", e, "nats")));
    lines.add(line("reconstruction error", evaluation.reconstructionErrorNats(), "nats"));
    evaluation.klNats().ifPresent(e -> lines.add(line("KL", e, "nats")));
    evaluation
        .logLikelihoodNats()
        .ifPresent(
            e ->
                lines.add(
                    line("log-likelihood", e, "nats, with " + evaluation.draws() + " draws")));
    lines.add(
        line("mean squared error", evaluation.squaredError(), "(units of the data, squared)"));
    if (evaluation.negativeElboNats().isEmpty()) {
      lines.add(
          "no ELBO, KL or log-likelihood: this model is an autoencoder, whose posterior has no"
              + " density");
    }
    return String.join("\n", lines);
  }

  private static String line(String name, Estimate estimate, String unit) {
    String error =
        Double.isNaN(estimate.standardError())
            ? ""
            : String.format(Locale.ROOT, " ± %.4g", estimate.standardError());
    return String.format(Locale.ROOT, "%-22s %.4f%s %s", name, estimate.mean(), error, unit);
  }
}
