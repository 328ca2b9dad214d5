package org.vaetf.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.vaetf.model.Objective;
import org.vaetf.train.EpochReport;
import org.vaetf.train.TrainingConfig;

/** The line of each epoch, which says where it stands among those before. */
final class EpochLines {
  private final TrainingConfig config;
  private final OptionalLong rows;
  private Optional<EpochReport> best = Optional.empty();

  /**
   * Of a run that begins or goes on.
   *
   * @param rows of an epoch, where they are known
   */
  EpochLines(TrainingConfig config, OptionalLong rows) {
    this.config = config;
    this.rows = rows;
  }

  /** Of the next epoch. */
  String next(EpochReport report) {
    if (report.best()) {
      best = Optional.of(report);
    }
    return String.format(
        Locale.ROOT,
        "epoch %d/%d, step %d  %s nats (train|test)  %.1f s%s%s",
        report.epoch(),
        config.epochs(),
        report.step(),
        terms(report),
        report.seconds(),
        rows.isPresent()
            ? String.format(Locale.ROOT, ", %.0f rows/s", rows.getAsLong() / report.seconds())
            : "",
        standing(report));
  }

  /** Leaves out terms that repeat the loss, as the negative ELBO does where β is 1. */
  private static String terms(EpochReport report) {
    Map<String, Double> train = report.train();
    Map<String, Double> test = report.test();
    List<String> names =
        train.keySet().stream()
            .filter(
                name ->
                    name.equals(Objective.LOSS)
                        || Math.abs(test.get(name) - test.get(Objective.LOSS)) > 1e-3)
            .toList();
    return names.stream()
        .map(
            name ->
                String.format(
                    Locale.ROOT,
                    "%s %.2f|%.2f",
                    name.replace('_', ' '),
                    train.get(name),
                    test.get(name)))
        .collect(Collectors.joining("  "));
  }

  /** Whether the epoch is the best, or which one has been; nothing where none is chosen. */
  private String standing(EpochReport report) {
    String metric = config.metric();
    if (metric.equals(TrainingConfig.LAST)) {
      return "";
    }
    if (report.best()) {
      return "  best";
    }
    return best.map(
            then ->
                String.format(
                    Locale.ROOT, "  best %.2f in epoch %d", then.test().get(metric), then.epoch()))
        .orElse("");
  }
}
