package org.vaetf.train;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.Classes;
import org.vaetf.data.DataSet;
import org.vaetf.export.Encoding;
import org.vaetf.tf.Array;

/**
 * Through which listeners look at a model under training. Owns the inference graph, which is built
 * when somebody first has something computed; close it.
 */
final class ModelWindow implements AutoCloseable {
  private final RunConfig config;
  private final RunData data;
  private final TrainingGraph training;
  private Optional<InferenceGraph> inference = Optional.empty();

  /**
   * A window that nobody has looked through.
   *
   * @param config as resolved
   * @param data of the run
   * @param training whose weights are copied; not closed
   */
  ModelWindow(RunConfig config, RunData data, TrainingGraph training) {
    this.config = config;
    this.data = data;
    this.training = training;
  }

  /**
   * Lets somebody look at the model as it is.
   *
   * @param look given a view that ends with the call
   */
  void open(Consumer<ModelView> look) {
    View view = new View();
    try {
      look.accept(view);
    } finally {
      view.over = true;
    }
  }

  private InferenceGraph inference() {
    if (inference.isEmpty()) {
      inference =
          Optional.of(
              new InferenceGraph(
                  config.model(),
                  data.split().train().shape(),
                  config.training().compute(),
                  config.training().batch()));
    }
    return inference.get();
  }

  @Override
  public void close() {
    inference.ifPresent(InferenceGraph::close);
    inference = Optional.empty();
  }

  /** The model after one epoch: its weights are copied once, however many look at them. */
  private final class View implements ModelView {
    private Optional<Map<String, Array>> weights = Optional.empty();
    private Optional<InferenceGraph> set = Optional.empty();
    private boolean over;

    @Override
    public RowShape shape() {
      return data.split().train().shape();
    }

    @Override
    public DataSet.Encoding encoding() {
      return data.split().train().encoding();
    }

    @Override
    public int latent() {
      return config.model().latent();
    }

    @Override
    public Classes classes() {
      return data.classes();
    }

    @Override
    public Map<String, Array> weights() {
      requireValid();
      if (weights.isEmpty()) {
        weights = Optional.of(training.weights());
      }
      return weights.get();
    }

    /** With the epoch's weights. */
    private InferenceGraph graph() {
      requireValid();
      if (set.isEmpty()) {
        InferenceGraph graph = inference();
        graph.set(weights());
        set = Optional.of(graph);
      }
      return set.get();
    }

    private void requireValid() {
      if (over) {
        throw new IllegalStateException("a view of a model ends with the call that was given it");
      }
    }

    @Override
    public Encoding encode(Batch rows) {
      Samples x = rows.samples().requireShape("x", shape());
      float[] values = x.values().clone();
      data.scaling().apply(values);
      List<Samples> posterior = graph().encode(new Samples(shape(), values), labels(rows));
      return new Encoding(posterior.get(0), posterior.get(1));
    }

    @Override
    public Samples decode(Batch points) {
      points.samples().requireShape("z", RowShape.of(latent()));
      Samples x = graph().decode(points.samples(), labels(points));
      data.scaling().undo(x.values());
      return x;
    }

    @Override
    public Samples points(int count, long seed) {
      return graph().points(Check.atLeast("count", count, 1), new long[] {seed, 0});
    }

    private Optional<long[]> labels(Batch rows) {
      if (classes().count() == 0) {
        return Optional.empty();
      }
      int[] given =
          rows.labels()
              .orElseThrow(
                  () ->
                      new ConfigException(
                          "label of each row",
                          "missing",
                          "one: this model is conditional, on " + classes().count() + " classes"));
      if (given.length != rows.samples().rows()) {
        throw new ConfigException(
            "number of labels", given.length, rows.samples().rows() + ", one for each row");
      }
      int[] known = classes().translate("the batch", List.of(), given, 0);
      return Optional.of(Arrays.stream(known).asLongStream().toArray());
    }
  }
}
