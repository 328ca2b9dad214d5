package org.vaetf.spark;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.vaetf.base.DaemonThreads;
import org.vaetf.base.VaeException;
import org.vaetf.train.EpochReport;
import org.vaetf.train.RunFolder;
import org.vaetf.train.RunMetrics;
import org.vaetf.train.TrainingConfig;

/**
 * Tells the driver of the epochs that the tasks do, by what comes to lie in the run's place. Close
 * it when they are done: it tells the last of them then.
 */
final class EpochWatch implements AutoCloseable {
  private static final long SECONDS_BETWEEN_LOOKS = 2;

  private final RunMirror mirror;
  private final TrainingConfig config;
  private final Consumer<EpochReport> listener;
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("epochs"));
  private final Future<?> looking;
  private int told;

  /** Tells of the epochs after those that are there already. */
  EpochWatch(RunMirror mirror, TrainingConfig config, Consumer<EpochReport> listener) {
    this.mirror = mirror;
    this.config = config;
    this.listener = listener;
    this.told = metrics().map(metrics -> metrics.epochs().length).orElse(0);
    looking =
        looks.scheduleWithFixedDelay(
            this::look, SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
  }

  private synchronized void look() {
    metrics().ifPresent(this::tell);
  }

  private void tell(RunMetrics metrics) {
    for (; told < metrics.epochs().length; told++) {
      listener.accept(metrics.report(told, config));
    }
  }

  /** None before the first epoch's end, nor where the place cannot be reached for a moment. */
  private Optional<RunMetrics> metrics() {
    try {
      return TemporaryFolder.with(
          folder -> {
            Path copy = folder.resolve("run");
            mirror.fetchMetrics(copy);
            return Optional.of(new RunFolder(copy).readMetrics());
          });
    } catch (VaeException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    looking.cancel(false);
    looks.shutdown();
    look();
  }
}
