package org.vaetf.train;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.vaetf.base.ByteSamples;
import org.vaetf.base.Seed;
import org.vaetf.data.Batches;
import org.vaetf.data.Binarization;
import org.vaetf.data.DataSplit;
import org.vaetf.data.Mnist10k;
import org.vaetf.data.Scaling;
import org.vaetf.model.ModelConfig;
import org.vaetf.network.DenseNetwork;
import org.vaetf.nn.Activation;

/**
 * One training step of the dense model 784-400-20 with Adam on all processors: feeding a batch of
 * bytes that is ready, scaling, forward pass, gradients, and the update. A score is the time of a
 * step.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class StepBenchmark {
  private static final double LEARNING_RATE = 0.001;

  /** Rows a batch. */
  @Param({"128", "1000"})
  public int batch;

  private TrainingGraph graph;
  private ByteSamples rows;
  private long step;

  @Setup
  public void open() {
    ModelConfig model =
        ModelConfig.defaults()
            .withNetwork(new DenseNetwork(List.of(400), Activation.RELU))
            .withLatent(20);
    int digitRows;
    try (DataSplit digits = Mnist10k.open()) {
      Batches batches =
          new Batches(digits.train(), batch, Scaling.unit(), Binarization.NONE, new Seed(1));
      rows = batches.shuffled(0).stored(0);
      digitRows = digits.train().rows();
    }
    graph =
        new TrainingGraph(
            model,
            new TrainingGraph.Feed(rows.shape(), Scaling.unit(), true, digitRows),
            TrainingConfig.defaults().withBatch(batch));
  }

  @TearDown
  public void close() {
    graph.close();
  }

  /** A step that tells nothing: most steps of a run. */
  @Benchmark
  public void step() {
    graph.step(rows, step++, LEARNING_RATE, 1);
  }

  /** A step that computes the batch's loss and its parts too, and copies them out. */
  @Benchmark
  public float[] reportedStep() {
    return graph.reportedStep(rows, step++, LEARNING_RATE, 1);
  }
}
