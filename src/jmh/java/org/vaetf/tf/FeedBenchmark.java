package org.vaetf.tf;

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
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import org.vaetf.base.ByteSamples;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;

/**
 * Feeding one batch of digits: native memory for the tensor, the copy into it, and the call of a
 * session whose graph does no more than look at the tensor's size. A score is the time of a call;
 * what it costs beyond {@link #nothing} is the feeding.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FeedBenchmark {
  private static final RowShape SHAPE = RowShape.of(28, 28, 1);

  /** Rows a batch. */
  @Param({"128", "1000"})
  public int batch;

  private GraphSession session;
  private ByteSamples bytes;
  private Samples floats;

  @Setup
  public void open() {
    bytes = new ByteSamples(SHAPE, new byte[batch * SHAPE.size()]);
    floats = bytes.toSamples();
    session = GraphSession.build(Compute.defaults(), FeedBenchmark::build);
  }

  private static void build(Ops tf) {
    Placeholder.Options anyRows =
        Placeholder.shape(Shape.of(-1).append(GraphSession.asShape(SHAPE)));
    tf.withName("bytes_seen").size(tf.withName("bytes").placeholder(TUint8.class, anyRows));
    tf.withName("floats_seen").size(tf.withName("floats").placeholder(TFloat32.class, anyRows));
    tf.withName("nothing_seen").size(tf.constant(0f));
  }

  @TearDown
  public void close() {
    session.close();
  }

  /** A call that feeds nothing. */
  @Benchmark
  public List<Array> nothing() {
    return session.call().target("nothing_seen").run();
  }

  /** Bytes: what training on grey levels feeds. */
  @Benchmark
  public List<Array> bytes() {
    return session.call().feed("bytes", bytes).target("bytes_seen").run();
  }

  /** Floats: four times as much. */
  @Benchmark
  public List<Array> floats() {
    return session.call().feed("floats", floats).target("floats_seen").run();
  }
}
