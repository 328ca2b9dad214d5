package org.vaetf.export;

import java.nio.file.Path;
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
import org.vaetf.base.Samples;

/**
 * One decode call of a loaded model, the digits of {@code saved_models/mnist-2d}, by one caller:
 * from points in Java's floats to grey levels in Java's floats. A score is the time of a call.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecodeBenchmark {
  /** Points a call. */
  @Param({"1", "64", "1024"})
  public int batch;

  private SavedModelVae model;
  private Samples points;

  @Setup
  public void open() {
    model = SavedModelVae.load(Path.of("saved_models", "mnist-2d"));
    points = model.points(batch, 1, 0);
  }

  @TearDown
  public void close() {
    model.close();
  }

  /** The call. */
  @Benchmark
  public Samples decode() {
    return model.decode(points);
  }
}
