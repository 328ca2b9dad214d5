package org.vaetf.train;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import org.vaetf.base.ByteSamples;
import org.vaetf.base.Json;
import org.vaetf.base.Rows;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.base.Version;
import org.vaetf.data.Batches;
import org.vaetf.data.Scaling;
import org.vaetf.export.Contract;
import org.vaetf.export.Manifest;
import org.vaetf.export.ModelExport;
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
  private final TrainingListener listener;
  private final BooleanSupplier stopping;
  private final Checkpoints checkpoints;
  private final Seed evaluation;

  TrainingLoop(
      RunConfig config,
      RunData data,
      TrainingGraph graph,
      RunFolder folder,
      TrainingListener listener,
      BooleanSupplier stopping) {
    this.config = config;
    this.training = config.training();
    this.data = data;
    this.graph = graph;
    this.folder = folder;
    this.listener = listener;
    this.stopping = stopping;
    this.checkpoints = new Checkpoints(folder.checkpoints(), training.keepCheckpoints());
    this.evaluation = new Seed(training.seed()).named("evaluation");
  }

  TrainingResult run(Progress from) {
    long begun = System.nanoTime();
    MetricsFile metrics = new MetricsFile(folder.metrics(), graph.terms(), from.epoch());
    listener.onStart(config, data.train().count(), graph.numberOfWeights(), from.epoch());
    Progress progress = from;
    TrainingResult.Reason reason = null;
    while (reason == null) {
      if (progress.epoch() >= training.epochs()) {
        reason = TrainingResult.Reason.FINISHED;
      } else if (outOfPatience(progress)) {
        reason = TrainingResult.Reason.NO_IMPROVEMENT;
      } else {
        Progress next = epochOrBest(progress, metrics);
        if (next.epoch() == progress.epoch()) {
          reason = TrainingResult.Reason.STOPPED;
        }
        progress = next;
      }
    }
    Map<String, Double> best = metrics.test(progress.bestEpoch());
    if (progress.bestEpoch() > 0) {
      export(progress.bestEpoch(), best);
    }
    return new TrainingResult(
        reason,
        progress.epoch(),
        progress.step(),
        (System.nanoTime() - begun) / 1e9,
        progress.bestEpoch(),
        best,
        folder);
  }

  /**
   * Where an epoch diverges, what was reached before is exported: going on would only diverge
   * again.
   */
  private Progress epochOrBest(Progress from, MetricsFile metrics) {
    try {
      return epoch(from, metrics);
    } catch (DivergenceException e) {
      if (from.bestEpoch() > 0) {
        export(from.bestEpoch(), metrics.test(from.bestEpoch()));
      }
      throw e;
    }
  }

  private boolean outOfPatience(Progress progress) {
    return training.patience() > 0
        && progress.epoch() - progress.bestEpoch() >= training.patience();
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
        if (stopping.getAsBoolean()) {
          // The last steps may not have been reported: nothing that is not finite is saved.
          requireFinite(graph.evaluate(x, evaluation.pair(0)), step, from);
          Progress within = from.within(step, number, terms);
          checkpoints.save(graph, within);
          return within;
        }
        rate = learningRate(from, step);
        OptionalDouble loss = OptionalDouble.empty();
        if (number % training.reportEvery() == 0) {
          float[] means = graph.reportedStep(x, step, rate, warmUp(step));
          requireFinite(means, step, from);
          terms.add(means, x.rows());
          loss = OptionalDouble.of(means[0]);
        } else {
          graph.step(x, step, rate, warmUp(step));
        }
        step++;
        number++;
        listener.onBatch(from.epoch() + 1, number, loss);
      }
    }

    Map<String, Double> test = evaluate(step, from);
    Progress done =
        from.afterEpoch(step, test.get(training.metric()), training.schedule().plateau());
    EpochReport report =
        new EpochReport(
            done.epoch(),
            step,
            (System.nanoTime() - begun) / 1e9,
            rate,
            terms.means(),
            test,
            done.bestEpoch() == done.epoch());
    metrics.add(report);
    checkpoints.save(graph, done);
    listener.onEpoch(report);
    return done;
  }

  private ReadAhead<Rows> ahead(Progress from) {
    Batches.Epoch batches = data.train().shuffled(from.epoch());
    return new ReadAhead<>(
        from.batch(), batches.count(), number -> batch(data.train(), batches, number, from));
  }

  /**
   * A batch, its values fit for the likelihood: the first epoch goes through all rows, later ones
   * need no look.
   */
  private Rows batch(Batches all, Batches.Epoch batches, int number, Progress from) {
    if (!all.areStoredBytes()) {
      Samples x = batches.get(number).samples();
      if (from.epoch() == 0) {
        requireSupport(x);
      }
      return x;
    }
    ByteSamples x = batches.stored(number);
    if (from.epoch() == 0 && data.scaling().kind() != Scaling.Kind.UNIT) {
      Samples scaled = x.toSamples();
      data.scaling().apply(scaled.values());
      requireSupport(scaled);
    }
    return x;
  }

  private Map<String, Double> evaluate(long step, Progress from) {
    Terms terms = new Terms(graph.terms());
    Batches.Epoch batches = data.test().inOrder();
    for (int i = 0; i < batches.count(); i++) {
      Rows x = batch(data.test(), batches, i, from);
      float[] means = graph.evaluate(x, evaluation.pair(i));
      requireFinite(means, step, from);
      terms.add(means, x.rows());
    }
    return terms.means();
  }

  private double learningRate(Progress progress, long step) {
    Schedule.Moment moment =
        new Schedule.Moment(
            (double) step / data.train().count(), training.epochs(), progress.reductions());
    return training.optimizer().learningRate() * training.schedule().factor(moment);
  }

  private double warmUp(long step) {
    double epochs = config.model().objective().warmUpEpochs();
    return epochs == 0 ? 1 : Math.min(1, step / (epochs * data.train().count()));
  }

  private void requireSupport(Samples x) {
    float least = Float.POSITIVE_INFINITY;
    float greatest = Float.NEGATIVE_INFINITY;
    for (float value : x.values()) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    config.model().likelihood().requireSupport(least, greatest);
  }

  /** The parts of the loss come before the sums that they make infinite. */
  private void requireFinite(float[] means, long step, Progress from) {
    for (int i = means.length - 1; i >= 0; i--) {
      if (!Float.isFinite(means[i])) {
        String kept =
            from.epoch() == 0
                ? "no checkpoint was written yet"
                : "the checkpoint of epoch "
                    + from.epoch()
                    + " is kept in "
                    + folder.checkpoints()
                    + " and the model of epoch "
                    + from.bestEpoch()
                    + " in "
                    + folder.savedModel();
        throw new DivergenceException(graph.terms().get(i), means[i], step, kept);
      }
    }
  }

  private void export(int bestEpoch, Map<String, Double> metrics) {
    checkpoints.restoreBest(graph, bestEpoch);
    Map<String, Array> weights = graph.weights();
    Manifest manifest =
        new Manifest(
            Contract.VERSION,
            new Manifest.Library("vae-tf", Version.library()),
            Devices.tensorFlowVersion(),
            data.describe(config),
            Json.toMap(config.model()),
            Json.toMap(config.training()),
            training.seed(),
            metrics);
    ModelExport.write(folder.savedModel(), config.model(), weights, manifest);
  }
}
