package org.vaetf.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.OutputException;
import org.vaetf.base.Rows;
import org.vaetf.base.VaeException;
import org.vaetf.data.DataSplit;
import org.vaetf.group.Group;
import org.vaetf.tf.MemoryException;

/**
 * Fits a model and leaves a run folder: configuration, metrics, checkpoints, and the SavedModel of
 * the best epoch.
 *
 * <pre>{@code
 * TrainingResult result =
 *     Trainer.of(RunConfig.defaults()).listen(listener).run(Path.of("runs/first"));
 * }</pre>
 *
 * <p>A run is a function of its configuration and its data: the same seed and data give the same
 * bytes, whatever the number of threads.
 */
public final class Trainer {
  private final RunConfig config;
  private final List<TrainingListener> listeners = new ArrayList<>();
  private Group group = Group.alone();
  private volatile boolean stopping;

  private Trainer(RunConfig config) {
    this.config = config;
  }

  /**
   * A trainer of a run.
   *
   * @param config everything that says what the run does
   * @return a trainer that has not begun
   */
  public static Trainer of(RunConfig config) {
    return new Trainer(config);
  }

  /**
   * Adds a listener.
   *
   * @param listener told of steps and epochs, on the thread that trains
   * @return this
   */
  public Trainer listen(TrainingListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Trains in a group of processes, each of which calls this with the same configuration, a folder
   * of its own, and rows of its own. All end with the same weights; the folder of process 0 is the
   * one to keep, and all are given a copy of it to resume. With one process of the group lost, all
   * others fail. The epoch's metrics are those of all rows; what an objective computes of a batch
   * as a whole (total correlation, MMD, DIP) it computes of each process's part.
   *
   * @param value as large as the configuration's {@code training.parallel} says
   * @return this
   */
  public Trainer in(Group value) {
    group = value;
    return this;
  }

  /**
   * Asks a run under way to finish its step, save and return. May be called by any thread. Of a
   * group, this process alone stops, and the others fail.
   */
  public void stop() {
    stopping = true;
  }

  /**
   * Trains into a new folder, on the data that the configuration names.
   *
   * @param folder must not exist yet, or be empty
   * @return what the run did and why it stopped
   * @throws VaeException if the folder is taken, the data cannot be read or do not fit the model
   * @throws DivergenceException if a term of the objective is no longer finite
   * @throws OutputException if the folder cannot be written, as on a full disk; checkpoints stay
   * @throws MemoryException if TensorFlow or Java runs out of memory; checkpoints stay
   */
  public TrainingResult run(Path folder) {
    return run(folder, false);
  }

  /**
   * Trains into a folder, on the data that the configuration names.
   *
   * @param folder where the run is to lie
   * @param overwrite whether a run that lies there is deleted
   * @return what the run did and why it stopped
   * @throws VaeException if the folder is taken, the data cannot be read or do not fit the model
   * @throws DivergenceException if a term of the objective is no longer finite
   * @throws OutputException if the folder cannot be written, as on a full disk; checkpoints stay
   * @throws MemoryException if TensorFlow or Java runs out of memory; checkpoints stay
   */
  public TrainingResult run(Path folder, boolean overwrite) {
    try (DataSplit data = config.data().open(config.training().seed())) {
      return run(folder, overwrite, data);
    }
  }

  /**
   * Trains into a folder, on data given in Java.
   *
   * @param folder where the run is to lie
   * @param overwrite whether a run that lies there is deleted
   * @param data training and test part; not closed
   * @return what the run did and why it stopped
   * @throws VaeException if the folder is taken, or the data do not fit the model
   * @throws DivergenceException if a term of the objective is no longer finite
   * @throws OutputException if the folder cannot be written, as on a full disk; checkpoints stay
   * @throws MemoryException if TensorFlow or Java runs out of memory; checkpoints stay
   */
  @SuppressWarnings("try") // The lock is held, not used.
  public TrainingResult run(Path folder, boolean overwrite, DataSplit data) {
    // Before the data are gone through, which may take minutes.
    RunFolder.requireFree(folder, overwrite);
    requireGroup();
    RunData prepared = RunData.prepare(config, data, group);
    RunConfig resolved = prepared.resolve(config);
    try (TrainingGraph graph = graph(resolved, prepared);
        ModelWindow window = new ModelWindow(resolved, prepared, graph)) {
      requireMetric(resolved, graph);
      Listeners told = new Listeners(listeners, window);
      RunFolder run = new RunFolder(folder);
      try (RunLock lock = RunFolder.create(folder, overwrite)) {
        try {
          run.writeConfig(resolved);
          return RunFailure.explained(
              resolved.training(),
              run,
              () ->
                  new TrainingLoop(
                          resolved, prepared, graph, run, lock, told, group, () -> stopping)
                      .run(Progress.start(prepared.fingerprint())));
        } catch (RuntimeException | Error e) {
          run.removeUnlessBegun(lock);
          throw e;
        }
      }
    }
  }

  /**
   * Goes on with a run from its newest checkpoint, on the data that its configuration names.
   *
   * @param folder of a run with the same configuration as this trainer's, but for epochs, patience,
   *     kept checkpoints, device and threads
   * @return what the run did and why it stopped
   * @throws VaeException if there is no run, its configuration or data are others, or the data
   *     cannot be read
   * @throws DivergenceException if a term of the objective is no longer finite
   * @throws OutputException if the folder cannot be written, as on a full disk; checkpoints stay
   * @throws MemoryException if TensorFlow or Java runs out of memory; checkpoints stay
   */
  public TrainingResult resume(Path folder) {
    try (DataSplit data = config.data().open(config.training().seed())) {
      return resume(folder, data);
    }
  }

  /**
   * Goes on with a run from its newest checkpoint, on data given in Java.
   *
   * @param folder of a run with the same configuration as this trainer's, but for epochs, patience,
   *     kept checkpoints, device and threads
   * @param data the training and test part that the run began with; not closed
   * @return what the run did and why it stopped
   * @throws VaeException if there is no run, or its configuration or data are others
   * @throws DivergenceException if a term of the objective is no longer finite
   * @throws OutputException if the folder cannot be written, as on a full disk; checkpoints stay
   * @throws MemoryException if TensorFlow or Java runs out of memory; checkpoints stay
   */
  @SuppressWarnings("try") // The lock is held, not used.
  public TrainingResult resume(Path folder, DataSplit data) {
    RunFolder run = RunFolder.existing(folder);
    requireGroup();
    RunData prepared = RunData.prepare(config, data, group);
    RunConfig resolved = prepared.resolve(config);
    resolved.requireResumable(run);
    try (RunLock lock = RunLock.take(folder);
        TrainingGraph graph = graph(resolved, prepared);
        ModelWindow window = new ModelWindow(resolved, prepared, graph)) {
      requireMetric(resolved, graph);
      run.recover();
      Checkpoints checkpoints =
          new Checkpoints(run.checkpoints(), resolved.training().keepCheckpoints());
      Listeners told = new Listeners(listeners, window);
      Progress progress =
          checkpoints
              .restoreNewest(graph, told::onDamagedCheckpoint)
              .orElse(Progress.start(prepared.fingerprint()));
      requireSameData(run, progress, prepared);
      requireSameStart(run, progress);
      run.writeConfig(resolved);
      return RunFailure.explained(
          resolved.training(),
          run,
          () ->
              new TrainingLoop(resolved, prepared, graph, run, lock, told, group, () -> stopping)
                  .run(progress));
    }
  }

  private void requireGroup() {
    int wanted = config.training().parallel().processes();
    if (group.size() != wanted) {
      throw new ConfigException(
          "processes", wanted, group.size() + ", the number that train here together");
    }
  }

  private static void requireSameData(RunFolder run, Progress progress, RunData data) {
    if (!progress.data().equals(data.fingerprint())) {
      throw new VaeException(
          run.path()
              + ": cannot be resumed: the training data have the fingerprint "
              + data.fingerprint()
              + "; expected "
              + progress.data()
              + ", that of the data the run began with; give those, or begin a new run");
    }
  }

  /** Copies of a run may have been made while a checkpoint was added to it. */
  private void requireSameStart(RunFolder run, Progress progress) {
    List<String> starts = group.all(Long.toString(progress.step()));
    if (starts.stream().distinct().count() > 1) {
      throw new VaeException(
          run.path()
              + ": cannot be resumed: the processes would go on from the steps "
              + String.join(", ", starts)
              + "; expected one step; give each the same copy of the run");
    }
  }

  private TrainingGraph graph(RunConfig config, RunData data) {
    // What the first process's graph begins with, all are given.
    int wanted = group.rank() == 0 ? config.model().prior().rowsOfData() : 0;
    Optional<Rows> first =
        wanted == 0 ? Optional.empty() : Optional.of(data.someTrainingRows(wanted));
    TrainingGraph graph =
        new TrainingGraph(
            config.model(),
            new TrainingGraph.Feed(
                data.split().train().shape(),
                data.scaling(),
                data.train().areStoredBytes(),
                data.shares().total(),
                group.size() == 1 ? Optional.empty() : Optional.of(data.shares().of(0))),
            config.training());
    try {
      first.ifPresent(graph::setPseudoInputs);
      return graph;
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
  }

  private static void requireMetric(RunConfig config, TrainingGraph graph) {
    List<String> known = new ArrayList<>(graph.terms());
    known.add(TrainingConfig.LAST);
    Check.known("metric", config.training().metric(), known);
  }
}
