package org.vaetf.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.vaetf.base.Json;
import org.vaetf.train.RunFolder;
import org.vaetf.train.TrainingResult;

/** What a finished training tells: where each thing is, and what to try next. */
record TrainingSummary(TrainingResult result, List<Path> pictures) {

  /** For people. */
  String text() {
    RunFolder run = result.folder();
    StringBuilder text = new StringBuilder(TrainingFigures.of(result).text());
    text.append("model     ").append(run.savedModel()).append('\n');
    text.append("metrics   ").append(run.metrics()).append('\n');
    text.append("config    ").append(run.config()).append('\n');
    text.append("plots     ").append(run.plots()).append(": ").append(plots()).append('\n');
    text.append("report    ").append(run.report()).append('\n');
    text.append("next, try:");
    String ending = has("samples") ? ".png" : ".csv";
    next(text, "sample", "--count 64 --out samples" + ending);
    next(text, "reconstruct", "--out reconstructions" + ending);
    if (has("manifold")) {
      next(text, "manifold", "--out manifold.png");
    }
    next(text, "evaluate", "");
    return text.toString();
  }

  private void next(StringBuilder text, String command, String options) {
    text.append("\n  ")
        .append(
            (Shell.command(command + " --model", result.folder().path()) + " " + options).strip());
  }

  private String plots() {
    return pictures.stream()
        .map(picture -> picture.getFileName().toString().replaceFirst("\\.(png|gif)$", ""))
        .collect(Collectors.joining(", "));
  }

  private boolean has(String plot) {
    return pictures.stream().anyMatch(picture -> picture.endsWith(plot + ".png"));
  }

  /** For programs. */
  String json() {
    RunFolder run = result.folder();
    Map<String, Object> values = TrainingFigures.of(result).values();
    values.put("run", run.path().toString());
    values.put("saved_model", run.savedModel().toString());
    values.put("metrics", run.metrics().toString());
    values.put("report", run.report().toString());
    values.put("pictures", pictures.stream().map(Path::toString).toList());
    return Json.write(values);
  }
}
