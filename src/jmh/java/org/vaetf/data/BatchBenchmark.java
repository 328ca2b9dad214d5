package org.vaetf.data;

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

/**
 * Making one batch of shuffled digits that lie in memory as bytes: gathering the rows and, where it
 * becomes floats, scaling and binarizing them. A score is the time of a batch.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BatchBenchmark {
  /** Rows a batch. */
  @Param({"128", "1000"})
  public int batch;

  private DataSplit digits;
  private Batches.Epoch plain;
  private Batches.Epoch binarized;
  private int next;

  @Setup
  public void open() {
    digits = Mnist10k.open();
    plain = epoch(Binarization.NONE);
    binarized = epoch(Binarization.STOCHASTIC);
  }

  @TearDown
  public void close() {
    digits.close();
  }

  /** Bytes as they are stored: what training on grey levels feeds. */
  @Benchmark
  public ByteSamples stored() {
    return plain.stored(next());
  }

  /** Floats, scaled to 0…1. */
  @Benchmark
  public Batch floats() {
    return plain.get(next());
  }

  /** Floats of zeros and ones, drawn anew. */
  @Benchmark
  public Batch binarized() {
    return binarized.get(next());
  }

  private Batches.Epoch epoch(Binarization binarization) {
    return new Batches(digits.train(), batch, Scaling.unit(), binarization, new Seed(1))
        .shuffled(0);
  }

  /** Whole batches only: the last one of an epoch may be shorter. */
  private int next() {
    next = (next + 1) % (digits.train().rows() / batch);
    return next;
  }
}
