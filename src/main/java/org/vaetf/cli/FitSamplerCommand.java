package org.vaetf.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.vaetf.base.Json;
import org.vaetf.data.DataSplit;
import org.vaetf.export.ExportedModel;
import org.vaetf.export.Manifest;
import org.vaetf.export.SavedModelVae;
import org.vaetf.sampler.FittedSampler;
import org.vaetf.sampler.Sampler;
import org.vaetf.sampler.SamplerFit;
import org.vaetf.tf.Compute;

/** Fits a sampler to a model's latent space and writes the model with it. */
final class FitSamplerCommand implements Command {

  @Override
  public String name() {
    return "fit-sampler";
  }

  @Override
  public String operands() {
    return TrainedModel.OPERAND;
  }

  @Override
  public String summary() {
    return "Fit what 'sample' draws from to a trained model's latent space, and write the model"
        + " with it: in its place, or to --out. The kind prior undoes that.";
  }

  @Override
  public String example() {
    return "java -jar vae-tf.jar fit-sampler runs/first --kind normal-mixture --set components=20";
  }

  @Override
  public List<CliOption> options() {
    List<CliOption> options = new ArrayList<>(TrainedModel.OPTIONS);
    options.addAll(SamplerSettings.OPTIONS);
    options.addAll(DataSettings.REQUEST);
    options.addAll(DataSettings.READING);
    options.addAll(List.of(CliOption.SEED, CliOption.OUT, CliOption.JSON));
    return options;
  }

  @Override
  public void run(Arguments arguments, Console console) {
    Sampler sampler = SamplerSettings.of(arguments);
    Optional<Path> out = arguments.path(CliOption.OUT);
    if (out.isEmpty() && TrainedModel.isOfZoo(arguments)) {
      throw new UsageException(
          "--out is missing: a model of the zoo stays as it is; expected " + CliOption.OUT.help());
    }
    out.ifPresent(Output::requireFree);
    FittedSampler fitted;
    try (SavedModelVae vae = TrainedModel.load(arguments, console)) {
      // Before the data are read.
      ExportedModel model = ExportedModel.of(vae);
      try (DataSplit data = Input.split(arguments, console, vae)) {
        fitted = fit(sampler, model, data, arguments, console);
      }
    }
    Path place = out.orElse(fitted.model().folder());
    fitted.writeTo(place);
    Manifest.Sampler told = fitted.description();
    console.print(arguments.has(CliOption.JSON) ? json(place, told) : text(place, told));
  }

  private static FittedSampler fit(
      Sampler sampler, ExportedModel model, DataSplit data, Arguments arguments, Console console) {
    try (Meter meter = console.meter("fit", "turns", -1)) {
      return SamplerFit.of(sampler)
          .withSeed(arguments.seed(0))
          .withCompute(ComputeSettings.apply(Compute.defaults(), arguments))
          .withListener(
              (turn, most, nats) -> {
                meter.advance(1);
                meter.remark(
                    String.format(Locale.ROOT, " turn %d/%d  %.4f nats", turn, most, nats));
              })
          .fit(model, data);
    }
  }

  private static String json(Path place, Manifest.Sampler told) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("saved_model", place.toString());
    values.putAll(Json.toMap(told));
    return Json.write(values);
  }

  private static String text(Path place, Manifest.Sampler told) {
    List<String> lines = new ArrayList<>();
    lines.add(line("sampler", told.kind()));
    lines.add(line("rows", told.rows()));
    told.metrics()
        .forEach(
            (name, value) ->
                lines.add(
                    line(name.replace('_', ' '), String.format(Locale.ROOT, "%.6g", value))
                        + (name.contains("density") || name.contains("elbo") ? " nats" : "")));
    lines.add(line("written to", place));
    return String.join("\n", lines);
  }

  private static String line(String name, Object value) {
    return String.format(Locale.ROOT, "%-26s %s", name, value);
  }
}
