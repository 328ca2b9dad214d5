package org.vaetf.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.Json;
import org.vaetf.base.VaeException;

/**
 * The checkpoints of a run: a folder each, {@code step-0000001234}, with the variables in
 * TensorFlow's format and the {@link Progress} as JSON. Each is written beside, synced and renamed:
 * it is whole or absent.
 */
final class Checkpoints {
  private static final Pattern NAME = Pattern.compile("step-\\d{10,}");
  private static final String VARIABLES = "variables";
  private static final String PROGRESS = "progress.json";

  private final Path folder;
  private final int keep;

  Checkpoints(Path folder, int keep) {
    this.folder = folder;
    this.keep = keep;
  }

  /** Writes a checkpoint, then removes those that are neither among the newest nor the best. */
  void save(TrainingGraph graph, Progress progress) {
    Path target = folder.resolve(String.format(Locale.ROOT, "step-%010d", progress.step()));
    AtomicOutput.write(
        target,
        place -> {
          Files.createDirectories(place);
          graph.save(place.resolve(VARIABLES));
          Files.writeString(place.resolve(PROGRESS), Json.write(progress) + "\n");
        });
    prune(progress);
  }

  /** The newest checkpoint's progress, its variables restored into the graph. */
  Optional<Progress> restoreNewest(TrainingGraph graph) {
    List<Path> all = oldestFirst();
    return all.isEmpty() ? Optional.empty() : Optional.of(restore(graph, all.get(all.size() - 1)));
  }

  /** Restores the variables of the best epoch's checkpoint into the graph. */
  void restoreBest(TrainingGraph graph, int bestEpoch) {
    restore(
        graph,
        bestOf(bestEpoch)
            .orElseThrow(
                () ->
                    new VaeException(
                        folder
                            + ": holds no checkpoint of epoch "
                            + bestEpoch
                            + ", the best; train again")));
  }

  private Progress restore(TrainingGraph graph, Path checkpoint) {
    Progress progress = Json.read(checkpoint.resolve(PROGRESS), Progress.class);
    graph.restore(checkpoint.resolve(VARIABLES));
    return progress;
  }

  private Optional<Path> bestOf(int bestEpoch) {
    return oldestFirst().stream()
        .filter(
            checkpoint -> {
              Progress progress = Json.read(checkpoint.resolve(PROGRESS), Progress.class);
              return progress.epoch() == bestEpoch && progress.batch() == 0;
            })
        .findFirst();
  }

  private void prune(Progress newest) {
    List<Path> all = oldestFirst();
    Optional<Path> best = newest.bestEpoch() == 0 ? Optional.empty() : bestOf(newest.bestEpoch());
    for (Path checkpoint : all.subList(0, Math.max(0, all.size() - keep))) {
      if (!best.equals(Optional.of(checkpoint))) {
        AtomicOutput.deleteTree(checkpoint);
      }
    }
  }

  private List<Path> oldestFirst() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> NAME.matcher(entry.getFileName().toString()).matches())
          .sorted(
              Comparator.comparing(
                  entry -> Long.parseLong(entry.getFileName().toString().substring(5))))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
