package org.vaetf.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.proto.SignatureDef;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.Classes;
import org.vaetf.data.Scaling;
import org.vaetf.model.Labels;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Near;
import org.vaetf.testing.OneLine;
import org.vaetf.testing.PlainModel;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.Array;
import org.vaetf.tf.GraphSession;

/** A conditional model's signatures against plain Java on its weights; labels that do not fit. */
class ConditionalExportTest {
  private static final double TOLERANCE = 2e-5;
  private static final int[] LABELS = {1, 0, 2, 2};
  private static final int ROWS = LABELS.length;
  private static final int DRAWS = 3;
  private static final TinyModel DENSE =
      TinyModel.conditional().filter(model -> model.name().contains("dense")).findFirst().get();

  @TempDir Path folder;

  static Stream<TinyModel> models() {
    return TinyModel.conditional();
  }

  @ParameterizedTest
  @MethodSource("models")
  void everySignatureAgreesWithPlainJava(TinyModel model) {
    Map<String, Array> weights = model.weights(1);
    List<PlainModel> plain =
        IntStream.of(LABELS).mapToObj(label -> model.plain(weights).given(label)).toList();
    Samples x = model.data(ROWS, 2);
    Samples z = model.points(ROWS, 3);
    RowShape point = RowShape.of(2);
    Path saved = model.export(folder.resolve("model"), weights);
    try (SavedModelVae loaded = SavedModelVae.load(saved, Evaluate.ONE_THREAD)) {
      ScaledVae vae = loaded.scaled();
      assertTrue(loaded.isConditional());
      assertEquals(new Classes(3, List.of()), loaded.classes());
      Encoding encoding = vae.encode(Batch.of(x, LABELS));
      assertNear(point, rows(x, plain, PlainModel::mean), encoding.mean(), TOLERANCE, "mean");
      assertNear(
          point,
          rows(x, plain, PlainModel::logVariance),
          encoding.logVariance(),
          TOLERANCE,
          "log-variance");
      assertNear(
          model.shape(),
          rows(z, plain, PlainModel::decode),
          vae.decode(Batch.of(z, LABELS)),
          TOLERANCE,
          "decoded");
      assertNear(
          model.shape(),
          rows(x, plain, (one, row) -> one.decode(one.mean(row))),
          vae.reconstruct(Batch.of(x, LABELS)),
          TOLERANCE,
          "reconstruction");
      Generated generated = vae.sample(LABELS, new long[] {8, 9});
      assertArrayEquals(Evaluate.normal(ROWS, 2, 8, 9), generated.z().values());
      assertNear(
          model.shape(),
          rows(generated.z(), plain, PlainModel::decode),
          generated.x(),
          TOLERANCE,
          "sampled");
      assertScores(vae, plain, x);
    }
  }

  private static void assertScores(ScaledVae vae, List<PlainModel> plain, Samples x) {
    Scores scores = vae.score(Batch.of(x, LABELS), DRAWS, new long[] {10, 11});
    double[][] noise = new double[DRAWS][];
    for (int draw = 0; draw < DRAWS; draw++) {
      noise[draw] = Near.doubles(Evaluate.normal(ROWS, 2, 10, 11L + draw));
    }
    for (int row = 0; row < ROWS; row++) {
      PlainModel given = plain.get(row);
      double[] values = Near.doubles(x.row(row));
      double fit = 0;
      double weights = 0;
      for (double[] one : noise) {
        double[] z = given.draw(values, Arrays.copyOfRange(one, row * 2, row * 2 + 2));
        double density = given.logDensity(values, z);
        fit += density / DRAWS;
        weights +=
            Math.exp(density + PlainModel.priorLogDensity(z) - given.posteriorLogDensity(values, z))
                / DRAWS;
      }
      double kl = Arrays.stream(given.divergence(values)).sum();
      assertNear(fit, scores.reconstruction()[row], TOLERANCE, "reconstruction");
      assertNear(kl, scores.kl()[row], TOLERANCE, "kl");
      assertNear(fit - kl, scores.elbo()[row], TOLERANCE, "elbo");
      assertNear(Math.log(weights), scores.logLikelihood()[row], TOLERANCE, "log likelihood");
    }
  }

  private interface Row {
    double[] of(PlainModel model, double[] row);
  }

  private static double[] rows(Samples samples, List<PlainModel> models, Row function) {
    return IntStream.range(0, samples.rows())
        .mapToObj(i -> function.of(models.get(i), Near.doubles(samples.row(i))))
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }

  @Test
  void theSamePointsOfAnotherClassAreOtherRows() {
    Path saved = DENSE.export(folder.resolve("model"), DENSE.weights(1));
    try (SavedModelVae vae = SavedModelVae.load(saved)) {
      Generated first = vae.sample(4, 5, 0);
      Generated second = vae.sample(4, 5, 1);
      assertEquals(first.z(), second.z());
      assertEquals(first.z(), vae.points(4, 5, 0));
      for (int row = 0; row < 4; row++) {
        assertFalse(Arrays.equals(first.x().row(row), second.x().row(row)), "row " + row);
      }
      Generated mixed = vae.sample(new int[] {0, 1, 0, 1}, 5);
      assertArrayEquals(first.x().row(2), mixed.x().row(2), 1e-6f);
      assertArrayEquals(second.x().row(3), mixed.x().row(3), 1e-6f);
    }
  }

  /** More rows than one part holds: each part has the labels of its own rows. */
  @Test
  void manyRowsKeepTheirLabels() {
    int rows = 700;
    Samples z = DENSE.points(rows, 6);
    Samples x = DENSE.data(rows, 7);
    int[] labels = DENSE.labels(rows);
    Path saved = DENSE.export(folder.resolve("model"), DENSE.weights(1));
    try (SavedModelVae vae = SavedModelVae.load(saved)) {
      Samples decoded = vae.decode(Batch.of(z, labels));
      Encoding encoding = vae.encode(Batch.of(x, labels));
      for (int row : new int[] {0, 255, 256, 257, 512, 699}) {
        Samples alone = vae.decode(Batch.of(z.slice(row, row + 1), labels[row]));
        assertNear(Near.doubles(alone.values()), decoded.row(row), 1e-6, "row " + row);
        Encoding code = vae.encode(Batch.of(x.slice(row, row + 1), labels[row]));
        assertNear(
            Near.doubles(code.mean().values()), encoding.mean().row(row), 1e-5, "row " + row);
      }
    }
  }

  @Test
  void aConditionalVampPriorsPseudoInputsHaveTheirOwnLabels() {
    TinyModel vamp = TinyModel.preset("vamp");
    TinyModel model = vamp.with(vamp.config().withCondition(new Labels(3)));
    Map<String, Array> weights = model.weights(1);
    weights.put("prior.pseudo_condition", oneHot(0, 1, 2, 1));
    Path saved = model.export(folder.resolve("model"), weights);
    weights.put("prior.pseudo_condition", oneHot(0, 1, 2, 2));
    Path other = model.export(folder.resolve("other"), weights);
    Batch rows = Batch.of(model.data(3, 2), 0, 1, 2);
    try (SavedModelVae vae = SavedModelVae.load(saved);
        SavedModelVae changed = SavedModelVae.load(other)) {
      // The prior is one for all classes: the same points whatever the labels.
      assertEquals(vae.sample(5, 3, 0).z(), vae.sample(5, 3, 2).z());
      Scores scores = vae.score(rows, 20, 4);
      Scores others = changed.score(rows, 20, 4);
      assertArrayEquals(scores.reconstruction(), others.reconstruction());
      for (int row = 0; row < 3; row++) {
        assertTrue(Math.abs(scores.kl()[row] - others.kl()[row]) > 1e-4, "row " + row);
      }
    }
  }

  private static Array oneHot(int... labels) {
    float[] values = new float[labels.length * 3];
    for (int row = 0; row < labels.length; row++) {
      values[row * 3 + labels[row]] = 1;
    }
    return new Array(new long[] {labels.length, 3}, values);
  }

  @Test
  void labelsThatDoNotFitAreNamed() {
    Path saved = DENSE.export(folder.resolve("model"), DENSE.weights(1));
    Samples x = DENSE.data(3, 2);
    Samples z = DENSE.points(3, 2);
    try (SavedModelVae vae = SavedModelVae.load(saved)) {
      String missing = "label of each row is missing; expected one: this model is conditional";
      OneLine.ofConfig(() -> vae.encode(x), missing, "on 3 classes");
      OneLine.ofConfig(() -> vae.decode(z), missing);
      OneLine.ofConfig(() -> vae.reconstruct(x), missing);
      OneLine.ofConfig(() -> vae.sample(3, 1), missing);
      OneLine.ofConfig(() -> vae.score(x, 1, 1), missing);
      OneLine.ofConfig(
          () -> vae.encode(Batch.of(x, 0, 1)), "number of labels is 2; expected 3, one for each");
      String unknown = "label of row 1 is 3; expected a whole number from 0 to 2";
      OneLine.ofConfig(() -> vae.encode(Batch.of(x, 0, 3, 0)), unknown);
      OneLine.ofConfig(() -> vae.decode(Batch.of(z, 0, 3, 0)), unknown);
      OneLine.ofConfig(() -> vae.reconstruct(Batch.of(x, 0, 3, 0)), unknown);
      OneLine.ofConfig(() -> vae.sample(new int[] {0, 3}, 1), unknown);
      OneLine.ofConfig(() -> vae.score(Batch.of(x, 0, 3, 0), 1, 1), unknown);
      OneLine.ofConfig(() -> vae.sample(2, 1, -1), "label of row 0 is -1");
      OneLine.ofConfig(() -> vae.sample(new int[0], 1), "count is 0");
    }
  }

  @Test
  void anUnconditionalModelTakesNoLabels() {
    TinyModel model = TinyModel.of("vae dense bernoulli");
    Path saved = model.export(folder.resolve("model"), model.weights(1));
    Batch x = Batch.of(model.data(2, 2), 0, 1);
    try (SavedModelVae vae = SavedModelVae.load(saved)) {
      assertFalse(vae.isConditional());
      assertEquals(Classes.none(), vae.classes());
      String given = "label of each row is given; expected none: this model is not conditional";
      OneLine.ofConfig(() -> vae.encode(x), given);
      OneLine.ofConfig(() -> vae.decode(Batch.of(model.points(2, 1), 0, 1)), given);
      OneLine.ofConfig(() -> vae.reconstruct(x), given);
      OneLine.ofConfig(() -> vae.sample(2, 1, 0), given);
      OneLine.ofConfig(() -> vae.score(x, 1, 1), given);
    }
  }

  /** As anyone has it who opens the SavedModel without this loader. */
  @Test
  void theGraphItselfRefusesWhatDoesNotFit() {
    Path saved = DENSE.export(folder.resolve("model"), DENSE.weights(1));
    try (GraphSession session = GraphSession.load(saved, Evaluate.ONE_THREAD)) {
      Samples z = DENSE.points(2, 1);
      assertEquals(
          2, raw(session, "decode", "x").feed("decode_label", 0, 2).feed("z", z).run().size());
      OneLine.of(
          () -> raw(session, "decode", "x").feed("decode_label", 0, 3).feed("z", z).run(),
          "label: expected whole numbers from 0 to 2, found");
      for (long[] others : new long[][] {{0}, {0, 1, 2}, {}}) {
        OneLine.of(
            () -> raw(session, "decode", "x").feed("decode_label", others).feed("z", z).run(),
            "Dimension");
        OneLine.of(
            () -> raw(session, "sample", "x").feed("sample_label", others).count(2).run(),
            "Dimension");
      }
    }
  }

  private static Raw raw(GraphSession session, String signature, String output) {
    SignatureDef definition = session.signatures().get(signature);
    return new Raw(
        session.call().fetch(definition.getOutputsOrThrow(output).getName()), definition);
  }

  private record Raw(GraphSession.Call call, SignatureDef signature) {
    Raw feed(String placeholder, long... labels) {
      assertTrue(signature.getInputsOrThrow("label").getName().startsWith(placeholder));
      call.feed(signature.getInputsOrThrow("label").getName(), labels);
      return this;
    }

    Raw feed(String input, Samples rows) {
      call.feed(signature.getInputsOrThrow(input).getName(), rows);
      return this;
    }

    Raw count(int count) {
      call.feedScalar(signature.getInputsOrThrow("count").getName(), count);
      call.feed(signature.getInputsOrThrow("seed").getName(), new long[] {1, 2});
      return this;
    }

    List<Samples> run() {
      Samples rows = call.runStrangers().get(0).rows();
      return IntStream.range(0, rows.rows()).mapToObj(i -> rows.slice(i, i + 1)).toList();
    }
  }

  @Test
  void manifestAndSignaturesMustAgree() throws IOException {
    Path conditional = DENSE.export(folder.resolve("conditional"), DENSE.weights(1));
    TinyModel.manifest(DENSE.shape(), Scaling.none()).writeTo(conditional);
    OneLine.of(
        () -> SavedModelVae.load(conditional).close(),
        "signature serving_default with an input label",
        "the inputs [x]");
    TinyModel vae = TinyModel.of("vae dense bernoulli");
    Path unconditional = vae.export(folder.resolve("unconditional"), vae.weights(1));
    TinyModel.manifest(vae.shape(), Scaling.none(), new Classes(3, List.of()))
        .writeTo(unconditional);
    OneLine.of(
        () -> SavedModelVae.load(unconditional).close(),
        "signature serving_default with input label missing",
        "expected label int64 [-1]");
  }
}
