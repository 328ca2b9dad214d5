package org.vaetf.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.RowShape;
import org.vaetf.data.DataSet;
import org.vaetf.data.FactorGrid;
import org.vaetf.data.FactorGrid.Axis;
import org.vaetf.data.FactorGrid.Kind;
import org.vaetf.data.InMemoryDataSet;
import org.vaetf.export.SavedModelVae;
import org.vaetf.testing.OneLine;

/**
 * Rows that are the factors' own values, seen by linear autoencoders: codes whose worth is known.
 */
class DisentanglementLimitsTest {
  private static final List<Axis> AXES =
      List.of(
          new Axis("class", Kind.CATEGORICAL, List.of(0f, 1f, 2f)),
          new Axis("size", Kind.ORDERED, List.of(0f, 1f, 2f, 3f, 4f)),
          new Axis("place", Kind.ORDERED, values(10)));

  private static final DisentanglementSettings SETTINGS =
      DisentanglementSettings.defaults()
          .withRows(2000)
          .withVotes(100)
          .withTestVotes(100)
          .withBatch(30)
          .withTrees(4)
          .withDepth(6);

  @TempDir Path folder;

  private static List<Float> values(int count) {
    return IntStream.range(0, count).mapToObj(i -> (float) i).toList();
  }

  /** As many extra columns of numbers without meaning as wanted, the same for the same row. */
  private static DataSet data(int noise) {
    FactorGrid grid =
        new FactorGrid(
            AXES,
            RowShape.of(AXES.size() + noise),
            DataSet.Encoding.REALS,
            (places, into, offset) -> {
              for (int k = 0; k < places.length; k++) {
                into[offset + k] = AXES.get(k).values().get(places[k]);
              }
              SplittableRandom random =
                  new SplittableRandom(places[0] + 10 * places[1] + 100 * places[2]);
              for (int i = 0; i < noise; i++) {
                into[offset + places.length + i] = (float) random.nextGaussian();
              }
            });
    return grid.rows("rows", 10, row -> new int[3]);
  }

  private Disentanglement measure(double[][] kernel, DataSet data) {
    try (SavedModelVae vae =
        LinearEncoder.load(folder, "ae", kernel, new double[kernel[0].length])) {
      int[] done = {0};
      Disentanglement found =
          Disentanglement.of(vae.scaled(), data, SETTINGS, rows -> done[0] += rows);
      assertEquals(SETTINGS.encodedRows(), done[0]);
      return found;
    }
  }

  /** One dimension a factor, in another order and of other sizes, and one that says nothing. */
  @Test
  void perfectCodes() {
    double[][] kernel = {{0, 0, -0.01, 0}, {50, 0, 0, 0}, {0, 1, 0, 0}};
    Disentanglement found = measure(kernel, data(0));
    assertEquals(List.of("class", "size", "place"), found.factors());
    assertEquals(3, found.activeUnits().count());
    // Independent factors of 2,000 rows seem to tell at most 36 / 4,000 nats of each other.
    assertNear(1, found.mutualInformationGap().score(), 0.01, "MIG");
    assertNear(1, found.sap().byFactor().get(1), 0.01, "SAP of size");
    assertNear(1, found.sap().byFactor().get(2), 0.01, "SAP of place");
    // By chance a class is found in one of three.
    assertNear(2.0 / 3, found.sap().byFactor().get(0), 0.05, "SAP of class");
    assertNear(1, found.dci().disentanglement(), 1e-9, "disentanglement");
    assertNear(1, found.dci().completeness(), 1e-9, "completeness");
    assertNear(0, found.dci().error(), 1e-9, "error");
    assertNear(1, found.factorVaeScore().accuracy().mean(), 1e-9, "FactorVAE score");
    assertNear(0, found.factorVaeScore().accuracy().standardError(), 1e-9, "standard error");
    assertNear(1, found.betaVaeScore().accuracy().mean(), 1e-9, "β-VAE score");
  }

  @Test
  void noise() {
    double[][] kernel = {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    Disentanglement found = measure(kernel, data(3));
    assertEquals(3, found.activeUnits().count());
    assertNear(0, found.mutualInformationGap().score(), 0.06, "MIG");
    assertNear(0, found.sap().score(), 0.06, "SAP");
    // About one of three: 100 votes have a standard error of 0.05.
    assertNear(1.0 / 3, found.factorVaeScore().accuracy().mean(), 0.2, "FactorVAE score");
  }

  /** Numbers drawn anew for each row: nothing can be learned. */
  @Test
  void noiseOfItsOwnForEachRow() {
    SplittableRandom random = new SplittableRandom(4);
    double[][] codes = new double[4000][3];
    int[][] places = new int[4000][3];
    for (int row = 0; row < codes.length; row++) {
      for (int i = 0; i < 3; i++) {
        codes[row][i] = random.nextGaussian();
        places[row][i] = random.nextInt(AXES.get(i).size());
      }
    }
    FactorCodes sample = new FactorCodes(AXES, codes, places);
    assertNear(0, MutualInformationGap.of(sample, 20).score(), 0.01, "MIG");
    assertNear(0, SapScore.of(sample, 0).score(), 0.02, "SAP");
    Dci dci = Dci.of(sample, 10, 8, 1);
    assertNear(1, dci.error(), 0.03, "error");
    assertTrue(dci.completeness() < 0.3, "completeness " + dci.completeness());
  }

  /** Two factors along the diagonals of a plane: each is in both dimensions. */
  @Test
  void rotatedCodes() {
    double[][] kernel = {{0, 0, 1}, {1, 1, 0}, {1, -1, 0}};
    Disentanglement found = measure(kernel, data(0));
    assertTrue(found.mutualInformationGap().byFactor().get(0) > 0.95, "the class is not turned");
    assertTrue(found.mutualInformationGap().byFactor().get(2) < 0.15, "place");
    assertTrue(found.dci().disentanglement() < 0.8, "disentanglement");
    assertTrue(found.dci().completenessByFactor().get(2) < 0.7, "completeness of place");
    assertNear(1, found.dci().completenessByFactor().get(0), 0.01, "completeness of class");
    assertTrue(found.betaVaeScore().accuracy().mean() > 0.8, "turned codes are linear still");
  }

  /** One dimension for two factors: complete, not disentangled. */
  @Test
  void sharedDimensions() {
    double[][] kernel = {{0, 1}, {10, 0}, {1, 0}};
    Disentanglement found = measure(kernel, data(0));
    assertNear(1, found.dci().completeness(), 1e-6, "completeness");
    // Dimension 0 serves two factors alike: (2/3) (1 − log 2 / log 3) + 1/3.
    double expected = 2.0 / 3 * (1 - Math.log(2) / Math.log(3)) + 1.0 / 3;
    assertNear(expected, found.dci().disentanglement(), 1e-6, "disentanglement");
    assertTrue(found.factorVaeScore().accuracy().mean() < 0.9, "FactorVAE score");
  }

  @Test
  void aCodeThatIsConstantTellsNothing() {
    Disentanglement found = measure(new double[3][2], data(0));
    assertEquals(0, found.activeUnits().count());
    assertEquals(0, found.mutualInformationGap().score());
    assertEquals(0, found.sap().score());
    assertEquals(0, found.dci().disentanglement());
    assertEquals(0, found.dci().completeness());
    assertNear(1, found.dci().error(), 0.05, "error");
    assertNear(1.0 / 3, found.factorVaeScore().accuracy().mean(), 0.2, "FactorVAE score");
    assertNear(1.0 / 3, found.betaVaeScore().accuracy().mean(), 0.2, "β-VAE score");
  }

  /** Of a model with a prior, dimensions below 0.01 have collapsed, whatever they tell. */
  @Test
  void collapsedDimensionsHaveNoVote() {
    double[][] kernel = {{1, 0, 0, 0, 0, 0}, {0, 1, 0, 0, 0, 0}, {0, 0, 1e-3, 0, 0, 0}};
    try (SavedModelVae vae = LinearEncoder.load(folder, "vae", kernel, new double[6])) {
      Disentanglement found = Disentanglement.of(vae.scaled(), data(0), SETTINGS, rows -> {});
      assertEquals(2, found.activeUnits().count());
      assertEquals(0.0, found.sap().predictability().get(2).get(2));
      assertTrue(found.mutualInformationGap().byFactor().get(2) > 0.9);
      double score = found.factorVaeScore().accuracy().mean();
      assertNear(2.0 / 3, score, 0.2, "two factors can be told of three");
    }
  }

  @Test
  void faultsAreOneLine() {
    try (SavedModelVae vae = LinearEncoder.identity(folder, "ae", 4)) {
      OneLine.ofData(
          () -> Disentanglement.of(vae.scaled(), data(0), SETTINGS, rows -> {}), "[3]", "[4]");
      DataSet digits = InMemoryDataSet.of("digits", RowShape.of(4), new byte[8]);
      OneLine.ofData(
          () -> Disentanglement.of(vae.scaled(), digits, SETTINGS, rows -> {}),
          "has no factors",
          "such as shapes");
    }
    OneLine.ofConfig(() -> SETTINGS.withRows(99), "disentanglement.rows", 99, 100);
    OneLine.ofConfig(() -> SETTINGS.withBins(1), "disentanglement.bins");
    OneLine.ofConfig(() -> SETTINGS.withVotes(0), "disentanglement.votes");
    OneLine.ofConfig(() -> SETTINGS.withTestVotes(0), "disentanglement.testVotes");
    OneLine.ofConfig(() -> SETTINGS.withBatch(1), "disentanglement.batch");
    OneLine.ofConfig(() -> SETTINGS.withTrees(0), "disentanglement.trees");
    OneLine.ofConfig(() -> SETTINGS.withDepth(0), "disentanglement.depth");
    OneLine.ofConfig(
        () -> SETTINGS.withActiveVariance(Double.NaN), "disentanglement.activeVariance");
    OneLine.ofConfig(
        () -> SETTINGS.withVotes(Integer.MAX_VALUE), "votes + testVotes", "batches of 30");
    OneLine.ofConfig(
        () -> new FactorCodes(AXES, new double[2][3], new int[1][3]), "number of places is 1");
    OneLine.ofConfig(
        () -> new FactorCodes(AXES, new double[2][3], new int[2][2]), "row 0", "2 factors");
    OneLine.ofConfig(
        () -> new FactorCodes(AXES, new double[][] {{0}, {Double.NaN}}, new int[2][3]), "row 1");
    OneLine.ofConfig(
        () -> Dci.of(new FactorCodes(AXES, new double[9][1], new int[9][3]), 1, 1, 0), "DCI is 9");
  }
}
