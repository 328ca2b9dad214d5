package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.vaetf.testing.Near.assertNear;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaetf.base.LabelledRows;
import org.vaetf.base.Rows;
import org.vaetf.base.Samples;
import org.vaetf.data.Scaling;
import org.vaetf.group.Group;
import org.vaetf.group.Rings;
import org.vaetf.nn.BatchShare;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Near;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.Array;

/** The steps of several processes, beside those of one that has all the rows. */
@Tag("slow")
class GroupStepTest {
  private static final int ROWS = 11;
  private static final int STEPS = 3;
  private static final double RATE = 1e-3;
  private static final Parallel ALONE = Parallel.defaults();

  /** What each row's loss depends on the other rows for: each process sees its own alone. */
  private static final List<String> OF_THE_BATCH =
      List.of("beta-tc-vae", "factor-vae", "dip-vae-i", "dip-vae-ii", "info-vae-mmd", "wae-mmd");

  static Stream<TinyModel> presets() {
    return TinyModel.presets().filter(model -> !OF_THE_BATCH.contains(model.name()));
  }

  /** What a process has after its steps. */
  private record After(Array terms, Map<String, Array> weights) {
    After(float[] terms, Map<String, Array> weights) {
      this(new Array(new long[] {terms.length}, terms), weights);
    }
  }

  @ParameterizedTest
  @MethodSource("presets")
  void averagedGradientsMakeTheStepsOfTheWholeBatch(TinyModel model) throws Exception {
    After expected = alone(model, UpdateRule.SGD);
    for (int processes : new int[] {2, 3}) {
      List<After> found = Rings.each(processes, group -> together(model, group, UpdateRule.SGD, 1));
      for (After after : found) {
        assertNear(Near.doubles(expected.terms.values()), after.terms.values(), 1e-5, "terms");
        assertNearWeights(expected.weights, after.weights, 2e-6);
        assertSameWeights(found.get(0).weights, after.weights);
      }
    }
  }

  @Test
  void soDoThoseOfAnOptimizerWithMoments() throws Exception {
    TinyModel model = TinyModel.preset("vae");
    After expected = alone(model, UpdateRule.ADAM);
    for (After after : Rings.each(2, group -> together(model, group, UpdateRule.ADAM, 1))) {
      assertNearWeights(expected.weights, after.weights, 2e-5);
    }
  }

  @Test
  void stepsOfItsOwnAreAveragedByRows() throws Exception {
    TinyModel model = TinyModel.preset("vae");
    List<After> each = Rings.each(3, group -> together(model, group, UpdateRule.SGD, STEPS));
    List<After> own =
        IntStream.range(0, 3)
            .mapToObj(
                rank -> together(model, new Unheard(rank, 3), UpdateRule.SGD, Integer.MAX_VALUE))
            .toList();
    Shares shares = shares(0, 3);
    own.get(0)
        .weights
        .forEach(
            (name, weight) -> {
              double[] mean = new double[weight.values().length];
              for (int rank = 0; rank < 3; rank++) {
                float[] values = own.get(rank).weights.get(name).values();
                for (int i = 0; i < mean.length; i++) {
                  mean[i] += values[i] * (double) shares.batchOf(rank) / ROWS;
                }
              }
              assertNear(mean, each.get(0).weights.get(name).values(), 1e-6, name);
            });
    each.forEach(after -> assertSameWeights(each.get(0).weights, after.weights));
  }

  /** A process that is told only what it says. */
  private record Unheard(int rank, int size) implements Group {
    @Override
    public void average(float[] values, long weight) {}

    @Override
    public List<String> all(String own) {
      return List.of(own);
    }
  }

  @Test
  void aProcessWithoutRowsMovesWithTheOthers() throws Exception {
    TinyModel model = TinyModel.preset("vae");
    List<Map<String, Array>> found = Rings.each(2, group -> fewRows(model, group, 1));
    try (TrainingGraph graph = graph(model, UpdateRule.SGD, Optional.empty(), ALONE)) {
      Steps steps = new SoloSteps(graph);
      Samples x = model.data(6, 5);
      steps.silent(slice(x, 0, 4), moment(0));
      steps.silent(slice(x, 4, 6), moment(1));
      assertNearWeights(graph.weights(), found.get(0), 2e-6);
    }
    assertSameWeights(found.get(0), found.get(1));
  }

  @Test
  void aProcessWithoutRowsStaysUntilWeightsAreAveraged() throws Exception {
    TinyModel model = TinyModel.preset("vae");
    List<Map<String, Array>> found = Rings.each(2, group -> fewRows(model, group, 2));
    Map<String, Array> first = fewRows(model, new Unheard(0, 2), Integer.MAX_VALUE);
    Map<String, Array> second = fewRows(model, new Unheard(1, 2), Integer.MAX_VALUE);
    first.forEach(
        (name, weight) -> {
          double[] mean = new double[weight.values().length];
          for (int i = 0; i < mean.length; i++) {
            mean[i] = (4.0 * weight.values()[i] + 2.0 * second.get(name).values()[i]) / 6;
          }
          assertNear(mean, found.get(0).get(name).values(), 1e-6, name);
        });
    assertSameWeights(found.get(0), found.get(1));
  }

  /** Two steps, in the second of which the second process has no more rows. */
  private static Map<String, Array> fewRows(TinyModel model, Group group, int averageEvery) {
    Shares shares = new Shares(group.rank(), 4, new int[] {4, 2});
    Parallel parallel = new Parallel(2, averageEvery);
    Samples x = model.data(6, 5);
    try (TrainingGraph graph = graph(model, UpdateRule.SGD, Optional.of(shares.of(0)), parallel)) {
      Steps steps = Steps.of(graph, group, shares, parallel);
      boolean first = group.rank() == 0;
      steps.silent(first ? slice(x, 0, 2) : slice(x, 2, 4), moment(0));
      steps.silent(first ? slice(x, 4, 6) : slice(x, 0, 0), moment(1));
      return graph.weights();
    }
  }

  private static After alone(TinyModel model, UpdateRule rule) {
    try (TrainingGraph graph = graph(model, rule, Optional.empty(), ALONE)) {
      int pseudoInputs = model.config().prior().rowsOfData();
      if (pseudoInputs > 0) {
        graph.setPseudoInputs(model.data(pseudoInputs, 7));
      }
      float[] terms = {};
      for (int step = 0; step < STEPS; step++) {
        terms = new SoloSteps(graph).reported(rows(model, 0, ROWS), moment(step));
      }
      return new After(terms, graph.weights());
    }
  }

  private static After together(TinyModel model, Group group, UpdateRule rule, int averageEvery) {
    Shares shares = shares(group.rank(), group.size());
    Parallel parallel = new Parallel(group.size(), averageEvery);
    try (TrainingGraph graph = graph(model, rule, Optional.of(shares.of(0)), parallel)) {
      int pseudoInputs = model.config().prior().rowsOfData();
      if (pseudoInputs > 0 && group.rank() == 0) {
        graph.setPseudoInputs(model.data(pseudoInputs, 7));
      }
      Steps steps = Steps.of(graph, group, shares, parallel);
      int from = shares.of(0).first();
      Rows x = rows(model, from, from + shares.of(0).rows());
      float[] terms = {};
      for (int step = 0; step < STEPS; step++) {
        terms = steps.reported(x, moment(step));
      }
      return new After(terms, graph.weights());
    }
  }

  /** All batches are full, and of the same rows. */
  private static Shares shares(int rank, int processes) {
    int[] rows = new int[processes];
    for (int process = 0; process < processes; process++) {
      rows[process] = STEPS * new Shares(0, ROWS, rows).batchOf(process);
    }
    return new Shares(rank, ROWS, rows);
  }

  private static Steps.Moment moment(int step) {
    return new Steps.Moment(step, step, RATE, 0.5);
  }

  private static Rows rows(TinyModel model, int from, int to) {
    Samples x = slice(model.data(ROWS, 5), from, to);
    if (!model.config().condition().needsLabels()) {
      return x;
    }
    int[] labels = Arrays.copyOfRange(model.labels(ROWS), from, to);
    return new LabelledRows(x, labels);
  }

  private static Samples slice(Samples x, int from, int to) {
    int size = x.shape().size();
    return new Samples(x.shape(), Arrays.copyOfRange(x.values(), from * size, to * size));
  }

  private static TrainingGraph graph(
      TinyModel model, UpdateRule rule, Optional<BatchShare> share, Parallel parallel) {
    return new TrainingGraph(
        model.config(),
        new TrainingGraph.Feed(model.shape(), Scaling.unit(), false, 1000, share),
        TrainingConfig.defaults()
            .withOptimizer(OptimizerConfig.of(rule))
            .withSeed(11)
            .withTowers(1)
            .withBatch(ROWS)
            .withParallel(parallel)
            .withCompute(Evaluate.ONE_THREAD));
  }

  private static void assertNearWeights(
      Map<String, Array> expected, Map<String, Array> found, double tolerance) {
    expected.forEach(
        (name, weight) ->
            assertNear(Near.doubles(weight.values()), found.get(name).values(), tolerance, name));
  }

  private static void assertSameWeights(Map<String, Array> expected, Map<String, Array> found) {
    expected.forEach(
        (name, weight) -> assertArrayEquals(weight.values(), found.get(name).values(), name));
  }
}
