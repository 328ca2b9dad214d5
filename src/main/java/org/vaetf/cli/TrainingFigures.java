package org.vaetf.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.vaetf.spark.TrainingOutcome;
import org.vaetf.train.TrainingResult;

/** What every finished training tells of itself, wherever it ran. */
record TrainingFigures(
    TrainingResult.Reason stopped,
    int epochs,
    long steps,
    double seconds,
    int bestEpoch,
    Map<String, Double> best) {

  static TrainingFigures of(TrainingResult result) {
    return new TrainingFigures(
        result.stopped(),
        result.epochs(),
        result.steps(),
        result.seconds(),
        result.bestEpoch(),
        result.best());
  }

  static TrainingFigures of(TrainingOutcome outcome) {
    return new TrainingFigures(
        outcome.stopped(),
        outcome.epochs(),
        outcome.steps(),
        outcome.seconds(),
        outcome.bestEpoch(),
        outcome.best());
  }

  /** For people, one line. */
  String text() {
    return String.format(
        Locale.ROOT,
        "%s after %d epochs (%d steps, %.1f s); best epoch %d on the test rows: %s nats\n",
        stopped.label().replace('-', ' '),
        epochs,
        steps,
        seconds,
        bestEpoch,
        best.entrySet().stream()
            .map(
                term ->
                    String.format(
                        Locale.ROOT, "%s %.2f", term.getKey().replace('_', ' '), term.getValue()))
            .collect(Collectors.joining(", ")));
  }

  /** For programs, in order. */
  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("stopped", stopped);
    values.put("epochs", epochs);
    values.put("steps", steps);
    values.put("seconds", seconds);
    values.put("best_epoch", bestEpoch);
    values.put("best_test_nats", best);
    return values;
  }
}
