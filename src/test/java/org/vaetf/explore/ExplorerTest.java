package org.vaetf.explore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.Json;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.DataSet;
import org.vaetf.data.GreyLevels;
import org.vaetf.data.InMemoryDataSet;
import org.vaetf.data.Shapes;
import org.vaetf.export.SavedModelVae;
import org.vaetf.testing.Frozen;
import org.vaetf.testing.OneLine;
import org.vaetf.testing.TinyModel;

/** The answers for every kind of model. */
class ExplorerTest {

  @TempDir Path folder;

  private static EncodedRows rows(int latent, float... means) {
    int count = means.length / latent;
    return new EncodedRows(
        count, means, new float[means.length], new byte[0], Optional.empty(), List.of());
  }

  /** Points along (3, 0, 4) / 5, far, and along (0, 1, 0), near, around (1, 2, 3). */
  @Test
  void thePlaneIsThatOfTheTwoPrincipalComponents() {
    PrincipalPlane plane = PrincipalPlane.of(rows(3, 4, 2, 7, -2, 2, -1, 1, 3, 3, 1, 1, 3), 3);
    assertNear(new double[] {1, 2, 3}, plane.mean(), 1e-12, "mean");
    assertNear(new double[] {0.6, 0, 0.8}, plane.across(), 1e-12, "across");
    assertNear(new double[] {0, 1, 0}, plane.down(), 1e-12, "down");
    assertNear(1, plane.share(), 1e-12, "share");
  }

  @Test
  void theShareIsOfTheWholeVariance() {
    // Variances 16, 4 and 1 along the axes.
    float[] cross = {0, 0, 4, 0, 0, -4, 0, 2, 0, 0, -2, 0, 1, 0, 0, -1, 0, 0};
    PrincipalPlane plane = PrincipalPlane.of(rows(3, cross), 3);
    assertNear(new double[] {0, 0, 1}, plane.across(), 1e-12, "across");
    assertNear(new double[] {0, 1, 0}, plane.down(), 1e-12, "down");
    assertNear(20 / 21.0, plane.share(), 1e-12, "share");
  }

  @Test
  void aPlaneOfNothingIsThatOfTheFirstDimensions() {
    for (EncodedRows none : List.of(EncodedRows.none(), rows(3, 1, 2, 3, 1, 2, 3))) {
      PrincipalPlane plane = PrincipalPlane.of(none, 3);
      assertNear(new double[] {1, 0, 0}, plane.across(), 0, "across");
      assertNear(new double[] {0, 1, 0}, plane.down(), 0, "down");
    }
    PrincipalPlane line = PrincipalPlane.of(rows(1, 1, 2, 3), 1);
    assertNear(new double[] {1}, line.across(), 0, "across");
    assertNear(new double[] {0}, line.down(), 0, "down");
  }

  @Test
  void dimensionsComeByTheirKl() {
    // σ = 1: the KL is μ² / 2.
    List<LatentDimension> all = LatentDimension.of(rows(2, 1, 4, 0, -2), 2);
    assertEquals(List.of(1, 0), all.stream().map(LatentDimension::index).toList());
    assertNear(5, all.get(0).klNats(), 1e-12, "KL");
    assertNear(0.25, all.get(1).klNats(), 1e-12, "KL");
    assertNear(9, all.get(0).variance(), 1e-12, "variance");
    assertNear(-3, all.get(0).least(), 0, "where a slider begins");
    assertNear(4, all.get(0).greatest(), 0, "where it ends");
  }

  @Test
  void anAutoencoderHasNoDensity() throws Exception {
    try (SavedModelVae vae = SavedModelVae.load(Frozen.model("autoencoder", folder.resolve("ae")));
        DataSet data = Shapes.parse("shapes:count=20,size=8")) {
      Explorer explorer = Explorer.of(vae, data);
      assertNull(explorer.model().dimensions().get(0).klNats());
      Answers.Encoded encoded =
          explorer.encode(new Requests.Encode(data.slice(0, 1).values(), null, 2));
      assertArrayEquals(new float[2], encoded.deviation());
      assertNull(encoded.evidence().elbo());
      assertNull(encoded.evidence().kl());
      assertNull(encoded.evidence().logLikelihood());
      assertTrue(Double.isFinite(encoded.evidence().reconstruction()));
    }
  }

  /** Stored in 0…1, in three channels, and with labels. */
  @Test
  void aConditionalModelOfRealColoursIsGivenTheLabel() throws Exception {
    TinyModel tiny = TinyModel.conditional().findFirst().orElseThrow().of(RowShape.image(3, 5, 3));
    Path saved = tiny.export(folder.resolve("cvae"), tiny.weights(1));
    try (SavedModelVae vae = SavedModelVae.load(saved)) {
      InMemoryDataSet data = InMemoryDataSet.of("tiny", tiny.data(9, 1)).withLabels(tiny.labels(9));
      Explorer explorer = Explorer.of(vae, data);
      assertTrue(explorer.model().conditional());
      assertEquals(List.of("0", "1", "2"), explorer.model().classes());
      Samples z = new Samples(RowShape.of(2), new float[] {1, -1});
      byte[] ofTwo = explorer.decode(new Requests.Decode(z.values(), 2));
      assertArrayEquals(
          GreyLevels.bytes(vae.decode(Batch.of(z, 2)), DataSet.Encoding.REALS), ofTwo);
      OneLine.ofConfig(
          () -> explorer.decode(new Requests.Decode(z.values(), null)),
          "label is missing; expected a class from 0 to 2: this model is conditional");
      OneLine.ofConfig(() -> explorer.decode(new Requests.Decode(z.values(), 3)), "label", "3");
      float[] pixels = new float[45];
      Arrays.fill(pixels, 51);
      Answers.Encoded encoded = explorer.encode(new Requests.Encode(pixels, 1, 9));
      Samples fifth = new Samples(vae.shape(), new float[45]);
      Arrays.fill(fifth.values(), 0.2f);
      assertArrayEquals(vae.encode(Batch.of(fifth, 1)).mean().values(), encoded.mean());
      assertEquals(9, encoded.neighbours().size());
    }
  }

  @Test
  void rowsComeAtEvenStepsThroughTheData() throws Exception {
    try (SavedModelVae vae = SavedModelVae.load(Frozen.model("dense", folder.resolve("dense")));
        DataSet data = Shapes.parse("shapes:count=5000,size=8")) {
      Explorer explorer = Explorer.of(vae, data);
      assertEquals(2000, explorer.points());
      int[] labels = data.labels().orElseThrow();
      int[] found = explorer.map().labels();
      assertEquals(labels[0], found[0]);
      assertEquals(labels[2], found[1]);
      assertEquals(labels[5], found[2]);
      assertEquals(labels[4997], found[1999]);
      float[] mean = vae.encode(data.slice(4997, 4998)).mean().values();
      assertNear(mean, explorer.map().means()[1999], 1e-5, "the last one");
    }
  }

  @Test
  void aModelOfNoPicturesIsRefused() throws Exception {
    TinyModel tiny = TinyModel.preset("vae").of(RowShape.of(7));
    Path saved = tiny.export(folder.resolve("table"), tiny.weights(1));
    try (SavedModelVae vae = SavedModelVae.load(saved)) {
      OneLine.ofConfig(
          () -> Explorer.of(vae),
          "row shape of the model to explore is [7]; expected [height, width, 1] or");
    }
  }

  @Test
  void picturesAreBase64InJson() {
    Map<?, ?> json =
        Json.read(
            "answer",
            new String(
                Route.json(new Answers.Decoded(new float[][] {{1}}, new byte[] {0, (byte) 255})),
                StandardCharsets.UTF_8),
            Map.class);
    assertArrayEquals(
        new byte[] {0, (byte) 255}, Base64.getDecoder().decode((String) json.get("pictures")));
    assertEquals(List.of(List.of(1.0)), json.get("z"));
  }
}
