package org.vaetf.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.DataException;
import org.vaetf.base.Json;
import org.vaetf.base.VaeException;
import org.vaetf.base.Version;

/**
 * The checkpoints of a run: a folder each, {@code step-0000001234}, with the variables in
 * TensorFlow's format, the {@link Progress} as JSON, and {@link Checksums} of both. Each is written
 * beside, synced and renamed: it is whole or absent, and what a disk spoils later is noticed.
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
          Checksums.write(place);
        });
    prune(progress);
  }

  /**
   * The newest whole checkpoint's progress, its variables restored into the graph. Those that are
   * damaged step aside, under a name that says so.
   *
   * @param graph receives the variables
   * @param damaged told of each that was passed over: which, and what is wrong
   * @return none if there is no checkpoint
   * @throws VaeException if there are checkpoints, but none is whole, or another version wrote them
   */
  Optional<Progress> restoreNewest(TrainingGraph graph, BiConsumer<Path, String> damaged) {
    List<Path> all = oldestFirst();
    for (int i = all.size() - 1; i >= 0; i--) {
      try {
        return Optional.of(restore(graph, all.get(i)));
      } catch (DataException e) {
        damaged.accept(all.get(i), e.getMessage());
        setAside(all.get(i));
      }
    }
    if (!all.isEmpty()) {
      throw new VaeException(
          folder + ": no checkpoint is whole; expected at least one; begin the run anew");
    }
    return Optional.empty();
  }

  private static void setAside(Path checkpoint) {
    Path aside = checkpoint.resolveSibling(checkpoint.getFileName() + ".damaged");
    try {
      AtomicOutput.deleteTree(aside);
      Files.move(checkpoint, aside);
    } catch (IOException | UncheckedIOException e) {
      throw AtomicOutput.cannotWrite(checkpoint, e);
    }
  }

  /** The newest checkpoint, whole or not. */
  Optional<Path> newest() {
    List<Path> all = oldestFirst();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /** Removes the checkpoints after a step. */
  void removeAfter(long step) {
    for (Path checkpoint : oldestFirst()) {
      if (stepOf(checkpoint) > step) {
        AtomicOutput.remove(checkpoint);
      }
    }
  }

  private static long stepOf(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().substring(5));
  }

  /**
   * Restores the variables of the best epoch's checkpoint into the graph.
   *
   * @param graph receives the variables
   * @param bestEpoch from 1; 0 for the weights that the run began with
   * @return the run's progress then
   * @throws VaeException if it is missing or damaged
   */
  Progress restoreBest(TrainingGraph graph, int bestEpoch) {
    return restore(
        graph,
        bestOf(bestEpoch)
            .orElseThrow(
                () ->
                    new VaeException(
                        folder
                            + ": holds no whole checkpoint of epoch "
                            + bestEpoch
                            + ", the best; train again")));
  }

  private Progress restore(TrainingGraph graph, Path checkpoint) {
    Progress progress = progressOf(checkpoint);
    Checksums.verify(checkpoint);
    graph.restore(checkpoint.resolve(VARIABLES));
    return progress;
  }

  private static Progress progressOf(Path checkpoint) {
    Path file = checkpoint.resolve(PROGRESS);
    Map<?, ?> values = Json.read(file, Map.class);
    Object format = values.containsKey("format") ? values.get("format") : 1;
    if (!Integer.valueOf(Progress.FORMAT).equals(format)) {
      throw new VaeException(
          checkpoint
              + ": is a checkpoint of format "
              + format
              + "; expected format "
              + Progress.FORMAT
              + ", that of vae-tf "
              + Version.library()
              + "; go on with the version that wrote it, or begin the run anew");
    }
    return Json.read(file, Progress.class);
  }

  /** Of those whose progress can be read: another's damage is none of this one's concern. */
  private Optional<Path> bestOf(int bestEpoch) {
    return oldestFirst().stream().filter(checkpoint -> isAfter(checkpoint, bestEpoch)).findFirst();
  }

  private static boolean isAfter(Path checkpoint, int epoch) {
    try {
      Progress progress = progressOf(checkpoint);
      return progress.epoch() == epoch && progress.batch() == 0;
    } catch (DataException e) {
      return false;
    }
  }

  private void prune(Progress newest) {
    List<Path> all = oldestFirst();
    // Where no epoch was judged yet, the weights it began with, if they were saved.
    Optional<Path> best = bestOf(newest.bestEpoch());
    for (Path checkpoint : all.subList(0, Math.max(0, all.size() - keep))) {
      if (!best.equals(Optional.of(checkpoint))) {
        AtomicOutput.remove(checkpoint);
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
          .sorted(Comparator.comparing(Checkpoints::stepOf))
          .toList();
    } catch (IOException e) {
      throw DataException.unreadable(folder, e);
    }
  }
}
