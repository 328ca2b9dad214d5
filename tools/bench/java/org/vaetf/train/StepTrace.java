package org.vaetf.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.vaetf.base.ByteSamples;
import org.vaetf.base.Seed;
import org.vaetf.data.Batches;
import org.vaetf.data.Binarization;
import org.vaetf.data.DataSet;
import org.vaetf.data.Scaling;
import org.vaetf.tf.OpTime;

/** Where the time of a training step goes, by TensorFlow's own trace of each operation. */
public final class StepTrace {
  private static final int WARM_UP_STEPS = 500;
  private static final int TRACED_STEPS = 100;

  private StepTrace() {}

  /**
   * Traces steps on the first batch of a data set.
   *
   * @param config the run whose step it is
   * @param data rows of bytes
   * @return {@code step_us}: a step without a trace, median, as TensorFlow runs little side by side
   *     where it traces; {@code operations}: for each type its microseconds a step, mean, and how
   *     many there are
   */
  public static Map<String, Object> of(RunConfig config, DataSet data) {
    TrainingConfig training = config.training();
    ByteSamples rows =
        new Batches(
                data,
                training.batch(),
                Scaling.unit(),
                Binarization.NONE,
                new Seed(training.seed()))
            .shuffled(0)
            .stored(0);
    double rate = training.optimizer().learningRate();
    List<Double> steps = new ArrayList<>();
    Map<String, double[]> operations = new TreeMap<>();
    try (TrainingGraph graph =
        new TrainingGraph(
            config.model(),
            new TrainingGraph.Feed(data.shape(), Scaling.unit(), true, data.rows()),
            training)) {
      for (int step = 0; step < WARM_UP_STEPS; step++) {
        graph.step(rows, step, rate, 1);
      }
      for (int step = 0; step < TRACED_STEPS; step++) {
        long begun = System.nanoTime();
        graph.step(rows, WARM_UP_STEPS + step, rate, 1);
        steps.add((System.nanoTime() - begun) / 1e3);
      }
      for (int step = 0; step < TRACED_STEPS; step++) {
        for (OpTime time : graph.tracedStep(rows, WARM_UP_STEPS + step, rate, 1)) {
          double[] sums = operations.computeIfAbsent(time.type(), type -> new double[2]);
          sums[0] += time.nanos() / 1e3 / TRACED_STEPS;
          sums[1] += 1.0 / TRACED_STEPS;
        }
      }
    }
    Collections.sort(steps);
    return Map.of("step_us", steps.get(steps.size() / 2), "operations", operations);
  }
}
