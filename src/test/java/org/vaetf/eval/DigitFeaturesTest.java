package org.vaetf.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.base.Sha256;
import org.vaetf.data.DataSet;
import org.vaetf.data.InMemoryDataSet;
import org.vaetf.data.Mnist10k;
import org.vaetf.data.Shapes;
import org.vaetf.testing.Golden;
import org.vaetf.testing.OneLine;
import org.vaetf.tf.Compute;
import org.vaetf.tf.Device;

class DigitFeaturesTest {
  private static final Path FOLDER = Path.of("src/main/resources/org/vaetf/eval/digits");
  private static final DataSet DIGITS = Mnist10k.open().test();
  private static DigitFeatures features;

  @BeforeAll
  static void open() {
    features = DigitFeatures.open(Compute.defaults());
  }

  @AfterAll
  static void close() {
    features.close();
    features.close();
  }

  @Test
  void areWhatTheScriptComputesFromTheWeights() {
    JsonNode golden = Golden.read("digit_features");
    for (int i = 0; i < golden.get("rows").size(); i++) {
      int row = golden.get("rows").get(i).asInt();
      assertNear(
          RowShape.of(64),
          Golden.doubles(golden.get("features").get(i)),
          features.of(DIGITS.slice(row, row + 1)),
          1e-5,
          "row " + row);
    }
  }

  @Test
  void neitherThreadsNorNeighboursMatter() {
    Samples digits = DIGITS.slice(0, 600);
    Samples all = features.of(digits);
    try (DigitFeatures one = DigitFeatures.open(new Compute(Device.CPU, 1))) {
      assertArrayEquals(all.values(), one.of(digits).values());
    }
    assertNear(all.row(599), features.of(DIGITS.slice(599, 600)).values(), 1e-5, "by itself");
    assertEquals(0, features.of(digits.slice(0, 0)).rows());
  }

  @Test
  void levelsBeyondBlackAndWhiteAreBlackAndWhite() {
    float[] beyond = DIGITS.slice(0, 1).values();
    float[] within = beyond.clone();
    for (int i = 0; i < beyond.length; i += 3) {
      beyond[i] = i % 2 == 0 ? -20 : 300;
      within[i] = i % 2 == 0 ? 0 : 255;
    }
    assertArrayEquals(
        features.of(new Samples(DigitFeatures.SHAPE, within)).values(),
        features.of(new Samples(DigitFeatures.SHAPE, beyond)).values());
  }

  @Test
  void otherDataIsRefusedInOneLine() {
    OneLine.ofConfig(
        () -> features.of(new Shapes(3, 8, 0).slice(0, 3)), "[8, 8, 1]", "[28, 28, 1]");
    OneLine.ofData(
        () -> features.requireData(new Shapes(3, 8, 0)), "[8, 8, 1]", "[28, 28, 1]", "your own");
    float[] values = DIGITS.slice(0, 2).values();
    features.requireData(reals(values));
    values[1000] = Float.NaN;
    OneLine.ofConfig(
        () -> features.of(new Samples(DigitFeatures.SHAPE, values)), "value 216 of row 1 is NaN");
    values[1000] = 256;
    OneLine.ofData(() -> features.requireData(reals(values)), "0.0 to 256.0", "0 to 255");
    values[1000] = -1;
    OneLine.ofData(() -> features.requireData(reals(values)), "-1.0 to", "0 to 255");
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(0, values[i]) / 255;
    }
    OneLine.ofData(() -> features.requireData(reals(values)), "0.0 to 1.0", "bytes");
  }

  private static DataSet reals(float[] values) {
    return InMemoryDataSet.of("reals", new Samples(DigitFeatures.SHAPE, values.clone()));
  }

  @Test
  void theWeightsAreTheDocumentedOnesAndSmall() throws IOException {
    Path weights = FOLDER.resolve("weights.f32");
    String readme = Files.readString(FOLDER.resolve("README.txt"));
    assertTrue(readme.contains(Sha256.of(weights)), Sha256.of(weights));
    assertTrue(Files.size(weights) < 300_000, "bytes: " + Files.size(weights));
  }
}
