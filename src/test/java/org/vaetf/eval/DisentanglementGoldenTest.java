package org.vaetf.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.vaetf.testing.Near.assertNear;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vaetf.data.FactorGrid;
import org.vaetf.testing.Golden;

/** Metrics of disentanglement against those that tools/golden/representation.py computes. */
class DisentanglementGoldenTest {
  private static final JsonNode GOLDEN = Golden.read("representation");

  private static FactorCodes sample() {
    List<FactorGrid.Axis> axes = new ArrayList<>();
    for (int k = 0; k < GOLDEN.get("sizes").size(); k++) {
      List<Float> values = new ArrayList<>();
      GOLDEN.get("values").get(k).forEach(value -> values.add(value.floatValue()));
      FactorGrid.Kind kind =
          GOLDEN.get("categorical").get(k).booleanValue()
              ? FactorGrid.Kind.CATEGORICAL
              : FactorGrid.Kind.ORDERED;
      axes.add(new FactorGrid.Axis("factor " + k, kind, values));
    }
    return new FactorCodes(axes, table(GOLDEN.get("codes")), wholes(GOLDEN.get("places")));
  }

  private static double[][] table(JsonNode rows) {
    double[][] table = new double[rows.size()][];
    Arrays.setAll(table, i -> Golden.doubles(rows.get(i)));
    return table;
  }

  private static int[][] wholes(JsonNode rows) {
    return Arrays.stream(table(rows)).map(DisentanglementGoldenTest::whole).toArray(int[][]::new);
  }

  private static int[] whole(double[] values) {
    return Arrays.stream(values).mapToInt(value -> (int) value).toArray();
  }

  private static void requireTable(JsonNode expected, List<List<Double>> found, String what) {
    assertNear(
        Golden.doubles(expected),
        found.stream().flatMap(List::stream).mapToDouble(value -> value).toArray(),
        1e-8,
        what);
  }

  private static void requireList(JsonNode expected, List<Double> found, String what) {
    requireTable(expected, List.of(found), what);
  }

  private static void requireEstimate(JsonNode expected, Estimate found) {
    assertNear(expected.get("mean").doubleValue(), found.mean(), 1e-8, "accuracy");
    double error = expected.get("standard_error").doubleValue();
    assertNear(error, found.standardError(), 1e-8, "standard error");
  }

  @Test
  void mutualInformationGap() {
    JsonNode golden = GOLDEN.get("mig");
    MutualInformationGap found = MutualInformationGap.of(sample(), golden.get("bins").intValue());
    requireTable(golden.get("information"), found.informationNats(), "information");
    requireList(golden.get("by_factor"), found.byFactor(), "gaps");
    assertNear(golden.get("score").doubleValue(), found.score(), 1e-8, "MIG");
  }

  @Test
  void separatedAttributePredictability() {
    JsonNode golden = GOLDEN.get("sap");
    SapScore found = SapScore.of(sample(), golden.get("active").doubleValue());
    requireTable(golden.get("scores"), found.predictability(), "predictability");
    requireList(golden.get("by_factor"), found.byFactor(), "differences");
    assertNear(golden.get("score").doubleValue(), found.score(), 1e-8, "SAP");
  }

  @Test
  void disentanglementCompletenessInformativeness() {
    JsonNode golden = GOLDEN.get("dci");
    int depth = golden.get("depth").intValue();
    Dci found = Dci.of(sample(), wholes(golden.get("bags")), depth, SideBySide.alone());
    requireTable(golden.get("importances"), found.importances(), "importances");
    assertNear(
        golden.get("disentanglement").doubleValue(),
        found.disentanglement(),
        1e-8,
        "disentanglement");
    requireList(
        golden.get("completeness_by_factor"),
        found.completenessByFactor(),
        "completeness by factor");
    assertNear(
        golden.get("completeness").doubleValue(), found.completeness(), 1e-8, "completeness");
    requireList(golden.get("error_by_factor"), found.errorByFactor(), "error by factor");
    assertNear(golden.get("error").doubleValue(), found.error(), 1e-8, "error");
  }

  @Test
  void factorVaeScore() {
    JsonNode golden = GOLDEN.get("factor_vae");
    double[] overall = Golden.doubles(golden.get("overall"));
    ActiveUnits active =
        new ActiveUnits(
            Arrays.stream(overall).boxed().toList(), golden.get("active").doubleValue());
    int[] factors = whole(Golden.doubles(golden.get("factor")));
    FactorVaeScore.Vote[] votes = new FactorVaeScore.Vote[factors.length];
    for (int i = 0; i < votes.length; i++) {
      Estimate.Gatherer[] columns = Estimate.Gatherer.columns(overall.length);
      for (double[] code : table(golden.get("codes").get(i))) {
        for (int j = 0; j < code.length; j++) {
          columns[j].add(code[j]);
        }
      }
      votes[i] = new FactorVaeScore.Vote(factors[i], FactorVaeScore.steadiest(columns, active));
      assertEquals(golden.get("dimension").get(i).intValue(), votes[i].dimension());
    }
    int training = golden.get("training").intValue();
    FactorVaeScore found =
        FactorVaeScore.of(
            Arrays.copyOf(votes, training),
            Arrays.copyOfRange(votes, training, votes.length),
            3,
            overall.length);
    requireEstimate(golden.get("accuracy"), found.accuracy());
  }

  @Test
  void betaVaeScore() {
    JsonNode golden = GOLDEN.get("beta_vae");
    double[][] differences = table(golden.get("differences"));
    int[] labels = whole(Golden.doubles(golden.get("label")));
    int training = golden.get("training").intValue();
    int classes = golden.get("classes").intValue();
    SoftmaxRegression classifier =
        SoftmaxRegression.fit(
            Arrays.copyOf(differences, training), Arrays.copyOf(labels, training), classes);
    assertNear(
        Golden.doubles(golden.get("weights")),
        Arrays.stream(classifier.weights()).flatMapToDouble(Arrays::stream).toArray(),
        1e-6,
        "weights");
    assertArrayEquals(
        whole(Golden.doubles(golden.get("predicted"))),
        Arrays.stream(differences).mapToInt(classifier::classOf).toArray());
    requireEstimate(
        golden.get("accuracy"), BetaVaeScore.of(differences, labels, training, classes).accuracy());
  }
}
