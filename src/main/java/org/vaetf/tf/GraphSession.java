package org.vaetf.tf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;
import org.vaetf.base.ByteSamples;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.base.VaeException;

/**
 * A graph and the session that runs it. Owns both, and every tensor of a call for as long as the
 * call takes. Safe for use by many threads at once; {@link #close} waits for calls in flight.
 */
public final class GraphSession implements AutoCloseable {
  /** Operations one after the other in the thread that calls: nothing to hand over or wait for. */
  private static final RunOptions IN_THE_CALLING_THREAD =
      RunOptions.newBuilder().setInterOpThreadPool(-1).build();

  private final Graph graph;
  private final Session session;
  private final AutoCloseable owner;
  private final Map<String, SignatureDef> signatures;
  private final RunOptions options;
  private final Map<String, Output<?>> outputs = new ConcurrentHashMap<>();
  private volatile boolean closed;

  private GraphSession(
      Graph graph,
      Session session,
      AutoCloseable owner,
      Map<String, SignatureDef> signatures,
      RunOptions options) {
    this.graph = graph;
    this.session = session;
    this.owner = owner;
    this.signatures = signatures;
    this.options = options;
  }

  /**
   * Builds a graph and opens a session on it.
   *
   * @param compute device and threads
   * @param builder adds the operations
   * @return the open session
   * @throws VaeException if the device cannot be used, or the default locale has other digits than
   *     those of operations' names
   */
  public static GraphSession build(Compute compute, Consumer<Ops> builder) {
    OperationNames.requirePlainDigits();
    NativeLibraries.unpack();
    Graph graph = new Graph();
    try {
      builder.accept(Ops.create(graph));
      Session session = new Session(graph, compute.sessionOptions());
      return new GraphSession(
          graph,
          session,
          () -> {
            session.close();
            graph.close();
          },
          Map.of(),
          RunOptions.getDefaultInstance());
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
  }

  /**
   * Adds operations to the graph. Not while another thread calls.
   *
   * @param builder adds the operations
   */
  public void extend(Consumer<Ops> builder) {
    OperationNames.requirePlainDigits();
    builder.accept(Ops.create(graph));
  }

  /**
   * Loads a SavedModel with the tag {@code serve}. On the CPU a call computes in its own thread:
   * callers share out rows, see {@link Workers}.
   *
   * @param folder the SavedModel
   * @param compute device and threads
   * @return the open session
   * @throws VaeException if the device cannot be used, or TensorFlow cannot load the folder
   */
  public static GraphSession load(Path folder, Compute compute) {
    NativeLibraries.unpack();
    ConfigProto options = compute.sessionOptions();
    try (LiteralFolder literal = LiteralFolder.of(folder)) {
      SavedModelBundle bundle =
          SavedModelBundle.loader(literal.path().toString())
              .withTags(SavedModelBundle.DEFAULT_TAG)
              .withConfigProto(options)
              .load();
      return new GraphSession(
          bundle.graph(),
          bundle.session(),
          bundle,
          bundle.metaGraphDef().getSignatureDefMap(),
          compute.sharesRows() ? IN_THE_CALLING_THREAD : RunOptions.getDefaultInstance());
    } catch (TensorFlowException | IllegalArgumentException | UnsupportedOperationException e) {
      throw new VaeException(
          folder
              + ": TensorFlow cannot load this SavedModel ("
              + firstLine(e)
              + "); export it again",
          e);
    }
  }

  /**
   * The signatures of a loaded SavedModel.
   *
   * @return by name; empty for a session on a graph
   */
  public Map<String, SignatureDef> signatures() {
    return signatures;
  }

  /**
   * Whether the graph has a tensor.
   *
   * @param tensor {@code operation} or {@code operation:output}
   * @return false too for what is no name
   */
  public boolean has(String tensor) {
    try {
      output(tensor);
      return true;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return false;
    }
  }

  /**
   * Begins a call.
   *
   * @return a call to feed, fetch and run once, by one thread
   * @throws IllegalStateException if the session is closed
   */
  public Call call() {
    return new Call();
  }

  /** Waits for calls in flight, then frees session and graph. Idempotent. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      owner.close();
    } catch (Exception e) {
      throw new IllegalStateException("closing a session cannot fail", e);
    }
  }

  /**
   * One run of the session: feeds and fetches by tensor name, {@code operation} or {@code
   * operation:output}.
   */
  public final class Call {
    private final Session.Runner runner;
    private final List<Tensor> fed = new ArrayList<>();
    private final List<Optional<Target>> targets = new ArrayList<>();
    private int rows;

    private Call() {
      if (closed) {
        throw new IllegalStateException("the session is closed");
      }
      runner = session.runner().setOptions(options);
    }

    /**
     * Feeds rows.
     *
     * @param tensor float32, {@code [rows, shape...]}
     * @param samples the rows; copied before this returns
     * @return this
     */
    public Call feed(String tensor, Samples samples) {
      return feed(tensor, samples, 0, samples.rows());
    }

    /**
     * Feeds some of the rows.
     *
     * @param tensor float32, {@code [to - from, shape...]}
     * @param samples the rows; copied before this returns
     * @param from the first
     * @param to one past the last
     * @return this
     */
    public Call feed(String tensor, Samples samples, int from, int to) {
      long size = samples.shape().size();
      Shape shape = Shape.of(to - from).append(asShape(samples.shape()));
      FloatDataBuffer values = DataBuffers.of(samples.values(), false, false);
      rows = to - from;
      return feed(tensor, TFloat32.tensorOf(shape, values.slice(from * size, (to - from) * size)));
    }

    /**
     * Feeds rows of bytes.
     *
     * @param tensor uint8, {@code [rows, shape...]}
     * @param samples the rows; copied before this returns
     * @return this
     */
    public Call feed(String tensor, ByteSamples samples) {
      Shape shape = Shape.of(samples.rows()).append(asShape(samples.shape()));
      rows = samples.rows();
      return feed(tensor, TUint8.tensorOf(shape, DataBuffers.of(samples.values(), false, false)));
    }

    /**
     * Feeds whole numbers of 64 bits.
     *
     * @param tensor int64, {@code [values.length]}
     * @param values the numbers
     * @return this
     */
    public Call feed(String tensor, long[] values) {
      return feed(tensor, TInt64.vectorOf(values));
    }

    /**
     * Feeds one whole number of 32 bits.
     *
     * @param tensor int32, {@code []}
     * @param value the number
     * @return this
     */
    public Call feedScalar(String tensor, int value) {
      return feed(tensor, TInt32.scalarOf(value));
    }

    /**
     * Feeds one number.
     *
     * @param tensor float32, {@code []}
     * @param value the number
     * @return this
     */
    public Call feedScalar(String tensor, float value) {
      return feed(tensor, TFloat32.scalarOf(value));
    }

    /**
     * Feeds a text.
     *
     * @param tensor string, {@code []}
     * @param value the text
     * @return this
     */
    public Call feedText(String tensor, String value) {
      return feed(tensor, TString.scalarOf(value));
    }

    /**
     * Feeds a whole array of weights.
     *
     * @param tensor float32, of that shape
     * @param array the values
     * @return this
     */
    public Call feed(String tensor, Array array) {
      return feed(
          tensor,
          TFloat32.tensorOf(Shape.of(array.shape()), DataBuffers.of(array.values(), false, false)));
    }

    /**
     * Asks for a float32 tensor.
     *
     * @param tensor its name
     * @return this
     */
    public Call fetch(String tensor) {
      return fetch(tensor, Optional.empty());
    }

    /**
     * Asks for a float32 tensor, to be copied into an array that is there already.
     *
     * @param tensor its name
     * @param into receives the values, in C order
     * @param offset where in {@code into} to begin
     * @return this
     */
    public Call fetchInto(String tensor, float[] into, int offset) {
      return fetch(tensor, Optional.of(new Target(into, offset)));
    }

    private Call fetch(String tensor, Optional<Target> target) {
      runner.fetch(output(tensor));
      targets.add(target);
      return this;
    }

    /**
     * Asks for an operation to be run for its effect.
     *
     * @param operation its name
     * @return this
     */
    public Call target(String operation) {
      runner.addTarget(operation);
      return this;
    }

    /**
     * Runs, copies what was asked for out of native memory, and frees every tensor of the call.
     *
     * @return the fetched arrays in the order they were asked for, without those that were fetched
     *     into an array of the caller's
     * @throws MemoryException if TensorFlow or Java runs out of memory; names the rows of the call
     * @throws IllegalStateException if the session is closed
     */
    public List<Array> run() {
      try (Result result = runner.run()) {
        List<Array> arrays = new ArrayList<>(targets.size());
        for (int i = 0; i < targets.size(); i++) {
          TFloat32 tensor = (TFloat32) result.get(i);
          targets
              .get(i)
              .ifPresentOrElse(target -> target.fill(tensor), () -> arrays.add(copyOut(tensor)));
        }
        return arrays;
      } catch (TFResourceExhaustedException e) {
        throw MemoryException.ofTensorFlow(rows, firstLine(e), e);
      } catch (OutOfMemoryError e) {
        throw MemoryException.ofJava(rows, e);
      } finally {
        close();
      }
    }

    /**
     * Runs for its effect on files, of which nothing is fetched.
     *
     * @throws IOException if it fails: a full disk is no lack of memory, though TensorFlow calls
     *     both by one name
     * @throws IllegalStateException if the session is closed
     */
    public void runOnFiles() throws IOException {
      try {
        runner.run().close();
      } catch (RuntimeException e) {
        // TensorFlow's exceptions have no type in common. "FILE; No space left on device": the file
        // is one under way, whose name says nothing.
        throw new IOException(firstLine(e).replaceFirst("^.*; ", ""), e);
      } finally {
        close();
      }
    }

    /**
     * The same with a graph or files that a stranger made: whatever fails is a fault of theirs.
     *
     * @return as of {@link #run}
     * @throws VaeException if TensorFlow cannot compute it, or the results are not as declared
     * @throws IllegalStateException if the session is closed
     */
    public List<Array> runStrangers() {
      try {
        return run();
      } catch (TensorFlowException
          | IllegalArgumentException
          | UnsupportedOperationException
          | ClassCastException
          | IndexOutOfBoundsException
          | ArithmeticException e) {
        throw new VaeException(
            "TensorFlow cannot compute this (" + firstLine(e) + "); export the model again", e);
      }
    }

    /**
     * Runs for its effects, more slowly than {@link #run}, and has TensorFlow note its operations.
     *
     * @return when each ran
     * @throws IllegalStateException if the session is closed
     */
    public List<OpTime> trace() {
      RunOptions traced =
          options.toBuilder().setTraceLevel(RunOptions.TraceLevel.FULL_TRACE).build();
      try (Result result = runner.setOptions(traced).runAndFetchMetadata()) {
        return result.getMetadata().orElseThrow().getStepStats().getDevStatsList().stream()
            .flatMap(device -> device.getNodeStatsList().stream())
            .map(OpTime::of)
            .toList();
      } finally {
        close();
      }
    }

    private void close() {
      fed.forEach(Tensor::close);
      fed.clear();
    }

    private Call feed(String tensor, Tensor value) {
      fed.add(value);
      runner.feed(output(tensor), value);
      return this;
    }
  }

  /** Looked up once: a call takes tens of microseconds, and each look goes to native code. */
  private Output<?> output(String tensor) {
    return outputs.computeIfAbsent(tensor, graph::outputOrThrow);
  }

  private static Array copyOut(TFloat32 tensor) {
    float[] values = new float[Math.toIntExact(tensor.shape().size())];
    new Target(values, 0).fill(tensor);
    return new Array(tensor.shape().asArray(), values);
  }

  /** Where a fetched tensor goes. */
  @SuppressWarnings("ArrayRecordComponent") // Written to.
  private record Target(float[] into, int offset) {
    void fill(TFloat32 tensor) {
      FloatDataBuffer place =
          DataBuffers.of(into, false, false).slice(offset, tensor.shape().size());
      tensor.copyTo(NdArrays.wrap(tensor.shape(), place));
    }
  }

  /**
   * TensorFlow's own shape of a row.
   *
   * @param shape the row's shape
   * @return the same sizes
   */
  public static Shape asShape(RowShape shape) {
    return Shape.of(shape.dimensions().stream().mapToLong(Integer::longValue).toArray());
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
