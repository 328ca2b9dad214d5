package org.vaetf.train;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.vaetf.base.ByteSamples;
import org.vaetf.base.Json;
import org.vaetf.base.LabelledRows;
import org.vaetf.base.Rows;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.data.Batches;
import org.vaetf.export.Contract;
import org.vaetf.export.Manifest;
import org.vaetf.export.ModelExport;
import org.vaetf.group.Group;
import org.vaetf.tf.Array;
import org.vaetf.tf.Devices;

/**
 * The loop of a run: epochs of steps, an evaluation and a checkpoint after each, the export of the
 * best at the end.
 */
final class TrainingLoop {
  private final RunConfig config;
  private final TrainingConfig training;
  private final RunData data;
  private final TrainingGraph graph;
  private final RunFolder folder;
  private final RunLock lock;
  private final Listeners listener;
  private final BooleanSupplier stopping;
  private final Checkpoints checkpoints;
  private final Group group;
  private final Steps steps;
  private final Seed evaluation;
  private long savedAt = System.nanoTime();
  private boolean due;

  TrainingLoop(
      RunConfig config,
      RunData data,
      TrainingGraph graph,
      RunFolder folder,
      RunLock lock,
      Listeners listener,
      Group group,
      BooleanSupplier stopping) {
    this.config = config;
    this.training = config.training();
    this.data = data;
    this.graph = graph;
    this.folder = folder;
    this.lock = lock;
    this.listener = listener;
    this.group = group;
    this.steps = Steps.of(graph, group, data.shares(), training.parallel());
    this.stopping = stopping;
    this.checkpoints = new Checkpoints(folder.checkpoints(), training.keepCheckpoints());
    this.evaluation = data.seed().named("evaluation");
  }

  TrainingResult run(Progress from) {
    long begun = System.nanoTime();
    MetricsFile metrics = new MetricsFile(folder.metrics(), graph.terms(), from.epoch());
    listener.onStart(config, data.shares().steps(), graph.numberOfWeights(), from.epoch());
    if (from.batch() == 0) {
      listener.showModel(from.epoch());
    }
    if (training.nanPolicy() == NanPolicy.REDUCE_LR && checkpoints.newest().isEmpty()) {
      save(from);
    }
    Progress progress = from;
    Optional<TrainingResult.Reason> reason = over(progress);
    while (reason.isEmpty()) {
      try {
        Progress next = epoch(progress, metrics);
        boolean stopped = next.epoch() == progress.epoch();
        reason = stopped ? Optional.of(TrainingResult.Reason.STOPPED) : over(next);
        progress = next;
      } catch (DivergenceException e) {
        progress = goBack(e, progress, metrics);
      }
    }
    Map<String, Double> best = metrics.test(progress.bestEpoch());
    if (progress.bestEpoch() > 0) {
      export(progress.bestEpoch(), best);
    }
    TrainingResult result =
        new TrainingResult(
            reason.orElseThrow(),
            progress.epoch(),
            progress.step(),
            (System.nanoTime() - begun) / 1e9,
            progress.bestEpoch(),
            best,
            folder);
    listener.onEnd(result);
    return result;
  }

  /** Why a run is over that has done whole epochs; empty if it is not. */
  private Optional<TrainingResult.Reason> over(Progress progress) {
    if (progress.epoch() >= training.epochs()) {
      return Optional.of(TrainingResult.Reason.FINISHED);
    }
    boolean outOfPatience =
        training.patience() > 0 && progress.epoch() - progress.bestEpoch() >= training.patience();
    return outOfPatience ? Optional.of(TrainingResult.Reason.NO_IMPROVEMENT) : Optional.empty();
  }

  /**
   * To the best epoch's checkpoint, and on at half the rate, where the policy has it so. Else, what
   * was reached before is exported: going on would only diverge again.
   */
  private Progress goBack(DivergenceException e, Progress from, MetricsFile metrics) {
    boolean reduce =
        training.nanPolicy() == NanPolicy.REDUCE_LR && from.cuts() < NanPolicy.MOST_CUTS;
    if (!reduce) {
      if (from.bestEpoch() > 0) {
        export(from.bestEpoch(), metrics.test(from.bestEpoch()));
      }
      throw e;
    }
    Progress back = checkpoints.restoreBest(graph, from.bestEpoch()).withCuts(from.cuts() + 1);
    metrics.dropAfter(back.epoch());
    checkpoints.removeAfter(back.step());
    save(back);
    listener.onRateHalved(e, back.step());
    return back;
  }

  private void save(Progress progress) {
    lock.requireHeld();
    checkpoints.save(graph, progress);
    listener.onCheckpoint(folder);
    savedAt = System.nanoTime();
    due = false;
  }

  /** A new best has a checkpoint in any case, as it is what is exported, and so has the end. */
  private boolean isCheckpointDue(Progress done) {
    return done.bestEpoch() == done.epoch()
        || over(done).isPresent()
        || training.checkpointEvery().dueAfterEpoch(done.epoch())
        || isCheckpointDueAfterStep(done.step());
  }

  /** The first process's checkpoints are those that a group goes on from. */
  private boolean isCheckpointDueWithin(long step) {
    due |= isCheckpointDueAfterStep(step);
    return due && group.rank() == 0 && steps.agreed();
  }

  private boolean isCheckpointDueAfterStep(long step) {
    return training.checkpointEvery().dueAfterStep(step, System.nanoTime() - savedAt);
  }

  /**
   * One epoch, or what is left of it; where a stop is asked for, the progress within the epoch,
   * saved.
   */
  private Progress epoch(Progress from, MetricsFile metrics) {
    long begun = System.nanoTime();
    Terms terms =
        from.batch() == 0
            ? new Terms(graph.terms())
            : new Terms(graph.terms(), from.sums(), from.rows());
    long step = from.step();
    double rate = 0;
    int number = from.batch();
    try (ReadAhead<Rows> batches = ahead(from)) {
      while (batches.hasNext()) {
        Rows x = batches.next();
        boolean stop = stopping.getAsBoolean();
        if (stop || (number > from.batch() && isCheckpointDueWithin(step))) {
          if (training.nanPolicy() != NanPolicy.SKIP && x.rows() > 0) {
            // The last steps may not have been reported: nothing that is not finite is saved.
            requireFinite(graph.evaluate(x, evaluation.pair(0)), step);
          }
          Progress within = from.within(step, number, terms);
          save(within);
          if (stop) {
            return within;
          }
        }
        rate = learningRate(from, step);
        OptionalDouble loss = OptionalDouble.empty();
        Steps.Moment moment = new Steps.Moment(number, step, rate, warmUp(step));
        if (number % training.reportEvery() == 0) {
          float[] means = steps.reported(x, moment);
          OptionalInt diverged = firstNotFinite(means);
          if (diverged.isEmpty()) {
            terms.add(means, data.shares().rowsOf(number));
            loss = OptionalDouble.of(means[0]);
          } else if (training.nanPolicy() == NanPolicy.SKIP) {
            listener.onSkipped(step, graph.terms().get(diverged.getAsInt()));
          } else {
            throw divergence(diverged.getAsInt(), means, step);
          }
        } else {
          steps.silent(x, moment);
        }
        step++;
        number++;
        listener.onBatch(from.epoch() + 1, number, loss);
        if (loss.isPresent()) {
          listener.onLoss(step, loss.getAsDouble(), rate);
        }
      }
    }

    steps.agree();
    Map<String, Double> test = evaluate(step, from);
    Progress done =
        from.afterEpoch(step, judged(test, from.epoch()), training.schedule().plateau());
    EpochReport report =
        new EpochReport(
            done.epoch(),
            step,
            (System.nanoTime() - begun) / 1e9,
            rate,
            terms.means(),
            test,
            done.bestEpoch() == done.epoch(),
            over(done).isPresent());
    lock.requireHeld();
    metrics.add(report);
    if (isCheckpointDue(done)) {
      save(done);
    }
    listener.onEpoch(report);
    return done;
  }

  private ReadAhead<Rows> ahead(Progress from) {
    Batches.Epoch batches = data.train().shuffled(from.epoch());
    return new ReadAhead<>(
        from.batch(),
        data.shares().steps(),
        number -> number < batches.count() ? batch(data.train(), batches, number, from) : noRows());
  }

  /** Of a process that has no more, while others have. */
  private Rows noRows() {
    return new Samples(data.split().train().shape(), new float[0]);
  }

  /**
   * A batch, with labels where the model needs them. Its values are fit for the likelihood: the
   * first epoch goes through all rows, later ones need no look.
   */
  private Rows batch(Batches all, Batches.Epoch batches, int number, Progress from) {
    Rows x = values(all, batches, number, from);
    return config.model().condition().needsLabels()
        ? new LabelledRows(x, batches.labels(number).orElseThrow())
        : x;
  }

  private Rows values(Batches all, Batches.Epoch batches, int number, Progress from) {
    if (!all.areStoredBytes()) {
      Samples x = batches.get(number).samples();
      if (from.epoch() == 0) {
        requireSupport(x.values());
      }
      return x;
    }
    ByteSamples x = batches.stored(number);
    if (from.epoch() == 0) {
      requireSupport(scaled(x));
    }
    return x;
  }

  private Map<String, Double> evaluate(long step, Progress from) {
    Terms terms = new Terms(graph.terms());
    Batches.Epoch batches = data.test().inOrder();
    for (int i = 0; i < batches.count(); i++) {
      Rows x = batch(data.test(), batches, i, from);
      float[] means = graph.evaluate(x, evaluation.pair(i));
      terms.add(means, x.rows());
    }
    Terms all = terms.of(group);
    requireFinite(all.asFloats(), step);
    return all.means();
  }

  /** What is to be small: the metric, or for the last epoch to be the best, a number that falls. */
  private double judged(Map<String, Double> test, int epoch) {
    return training.metric().equals(TrainingConfig.LAST) ? -epoch : test.get(training.metric());
  }

  private double learningRate(Progress progress, long step) {
    Schedule.Moment moment =
        new Schedule.Moment(
            (double) step / data.shares().steps(), training.epochs(), progress.reductions());
    return training.optimizer().learningRate()
        * training.schedule().factor(moment)
        * Math.pow(0.5, progress.cuts());
  }

  private double warmUp(long step) {
    double epochs = config.model().objective().warmUpEpochs();
    return epochs == 0 ? 1 : Math.min(1, step / (epochs * data.shares().steps()));
  }

  /** The scaled values of stored rows; each level but once where all entries are scaled alike. */
  private float[] scaled(ByteSamples x) {
    boolean alike = data.scaling().scale().length == 1;
    float[] values = alike ? x.levels() : x.toSamples().values();
    data.scaling().apply(values);
    return values;
  }

  private void requireSupport(float[] values) {
    config.model().likelihood().requireSupport(values);
  }

  /** The parts of the loss come before the sums that they make infinite. */
  private static OptionalInt firstNotFinite(float[] means) {
    return IntStream.iterate(means.length - 1, i -> i >= 0, i -> i - 1)
        .filter(i -> !Float.isFinite(means[i]))
        .findFirst();
  }

  private void requireFinite(float[] means, long step) {
    OptionalInt diverged = firstNotFinite(means);
    if (diverged.isPresent()) {
      throw divergence(diverged.getAsInt(), means, step);
    }
  }

  private DivergenceException divergence(int term, float[] means, long step) {
    String kept =
        checkpoints
            .newest()
            .map(checkpoint -> "the checkpoint " + checkpoint + " is kept")
            .orElse("no checkpoint was written yet");
    return new DivergenceException(graph.terms().get(term), means[term], step, kept);
  }

  private void export(int bestEpoch, Map<String, Double> metrics) {
    lock.requireHeld();
    checkpoints.restoreBest(graph, bestEpoch);
    Map<String, Array> weights = graph.weights();
    Manifest manifest =
        new Manifest(
            Contract.VERSION,
            Manifest.Library.present(),
            Devices.tensorFlowVersion(),
            data.describe(config),
            data.classes(),
            Json.toMap(config.model()),
            Json.toMap(config.training()),
            training.seed(),
            metrics);
    ModelExport.write(folder.savedModel(), config.model(), weights, manifest);
  }
}
