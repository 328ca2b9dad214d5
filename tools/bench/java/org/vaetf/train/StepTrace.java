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
  private static final int WARM_UP_STEPS = 100;
  private static final int TRACED_STEPS = 100;

  private StepTrace() {}

  /**
   * Traces steps on the first batch of a data set.
   *
   * @param config the run whose step it is
   * @param data rows of bytes
   * @return {@code step_us}: from the first operation's beginning to the last one's end, median;
   *     {@code operations}: for each type its microseconds a step, mean, and how many there are
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
    List<Double> spans = new ArrayList<>();
    Map<String, double[]> operations = new TreeMap<>();
    try (TrainingGraph graph =
        new TrainingGraph(config.model(), data.shape(), Scaling.unit(), true, training)) {
      for (int step = 0; step < WARM_UP_STEPS; step++) {
        graph.step(rows, step, rate, 1);
      }
      for (int step = 0; step < TRACED_STEPS; step++) {
        List<OpTime> times = graph.tracedStep(rows, WARM_UP_STEPS + step, rate, 1);
        spans.add(span(times) / 1e3);
        for (OpTime time : times) {
          double[] sums = operations.computeIfAbsent(time.type(), type -> new double[2]);
          sums[0] += time.nanos() / 1e3 / TRACED_STEPS;
          sums[1] += 1.0 / TRACED_STEPS;
        }
      }
    }
    Collections.sort(spans);
    return Map.of("step_us", spans.get(spans.size() / 2), "operations", operations);
  }

  private static long span(List<OpTime> times) {
    long begun = times.stream().mapToLong(OpTime::begun).min().orElseThrow();
    long ended = times.stream().mapToLong(time -> time.begun() + time.nanos()).max().orElseThrow();
    return ended - begun;
  }
}
