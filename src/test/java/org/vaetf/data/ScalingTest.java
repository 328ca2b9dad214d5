package org.vaetf.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vaetf.base.Json;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.data.Scaling.Kind;
import org.vaetf.testing.OneLine;

class ScalingTest {

  private static DataSet data(Samples rows) {
    return InMemoryDataSet.of("rows", rows);
  }

  @Test
  void unitTakesEveryGreyLevelThereAndBack() {
    float[] levels = new float[256];
    for (int i = 0; i < 256; i++) {
      levels[i] = i;
    }
    float[] values = levels.clone();
    Scaling.unit().apply(values);
    assertEquals(0, values[0]);
    assertEquals(1, values[255]);
    assertEquals(128 / 255f, values[128]);
    Scaling.unit().undo(values);
    assertArrayEquals(levels, values);
  }

  @Test
  void noneChangesNothing() {
    float[] values = {1, -2, 3e30f};
    Scaling.none().apply(values);
    Scaling.none().undo(values);
    assertArrayEquals(new float[] {1, -2, 3e30f}, values);
  }

  @Test
  void featuresAreStandardizedEachForItself() {
    // Feature 0 is 1, 2, 3, 4: mean 2.5, variance 1.25. Feature 1 is constant.
    Samples rows = Samples.of(new float[][] {{1, 7.7f}, {2, 7.7f}, {3, 7.7f}, {4, 7.7f}});
    Scaling scaling = Scaling.fit(Kind.STANDARDIZE, data(rows));
    assertArrayEquals(new float[] {2.5f, 7.7f}, scaling.shift());
    assertArrayEquals(new float[] {(float) Math.sqrt(1.25), 1}, scaling.scale());
    float[] values = rows.values().clone();
    scaling.apply(values);
    assertEquals(-1.5 / Math.sqrt(1.25), values[0], 1e-6);
    assertEquals(0, values[1]);
    scaling.undo(values);
    assertArrayEquals(rows.values(), values, 1e-6f);
  }

  @Test
  void imagesAreStandardizedByChannel() {
    Samples rows = new Samples(RowShape.image(1, 2, 3), new float[] {0, 5, 1, 2, 5, 3});
    Scaling scaling = Scaling.fit(Kind.STANDARDIZE, data(rows));
    assertArrayEquals(new float[] {1, 5, 2}, scaling.shift());
    assertArrayEquals(new float[] {1, 1, 1}, scaling.scale());
  }

  @Test
  void aLargeMeanDoesNotDrownTheDeviation() {
    SplittableRandom random = new Seed(1).named("test").random(0);
    float[] values = new float[600_000];
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = 1e6f + random.nextInt(5);
      sum += values[i];
    }
    double mean = sum / values.length;
    double squares = 0;
    for (float value : values) {
      squares += (value - mean) * (value - mean);
    }
    Scaling scaling = Scaling.fit(Kind.STANDARDIZE, data(new Samples(RowShape.of(1), values)));
    assertEquals(mean, scaling.shift()[0], 0.1);
    assertEquals(Math.sqrt(squares / values.length), scaling.scale()[0], 1e-5);
  }

  @Test
  void aConstantOfAnySizeKeepsScaleOne() {
    for (float constant : new float[] {0, 0.1f, -3e30f, 1e-30f}) {
      float[] values = new float[1_000_003];
      java.util.Arrays.fill(values, constant);
      Scaling scaling = Scaling.fit(Kind.STANDARDIZE, data(new Samples(RowShape.of(1), values)));
      assertEquals(1, scaling.scale()[0]);
      assertEquals(constant, scaling.shift()[0]);
    }
  }

  @Test
  void onlyTheTrainingRowsCount() {
    Samples rows = Samples.of(new float[][] {{1}, {2}, {3}, {4}, {5}, {6}, {7}, {8}, {9}, {1000}});
    try (DataSplit split = DataSplit.random(data(rows), 0.3, new Seed(2))) {
      Samples train = split.train().slice(0, split.train().rows());
      double mean = 0;
      for (float value : train.values()) {
        mean += value / 7.0;
      }
      assertEquals(mean, Scaling.fit(Kind.STANDARDIZE, split.train()).shift()[0], 1e-4);
    }
  }

  @Test
  void theDefaultFollowsTheEncoding() {
    assertEquals(Kind.UNIT, Kind.defaultFor(DataSet.Encoding.BYTES));
    assertEquals(Kind.NONE, Kind.defaultFor(DataSet.Encoding.REALS));
  }

  @Test
  void isReadableJson() {
    Scaling scaling = new Scaling(Kind.STANDARDIZE, new float[] {0.1f, 2}, new float[] {1, 3});
    String text = Json.writeLine(scaling);
    assertEquals("{\"kind\":\"standardize\",\"shift\":[0.1,2.0],\"scale\":[1.0,3.0]}", text);
    assertEquals(scaling, Json.read("text", text, Scaling.class));
    assertEquals(scaling.hashCode(), Json.read("text", text, Scaling.class).hashCode());
    assertEquals("standardize of 2 entries", scaling.toString());
  }

  @Test
  void brokenScalingsAreRefused() {
    OneLine.ofConfig(() -> new Scaling(Kind.UNIT, new float[1], new float[1]), "scale 0.0");
    OneLine.ofConfig(() -> new Scaling(Kind.UNIT, new float[1], new float[] {Float.NaN}), "NaN");
    OneLine.ofConfig(() -> new Scaling(Kind.UNIT, new float[1], new float[2]), "1 shifts");
    Scaling two = new Scaling(Kind.STANDARDIZE, new float[2], new float[] {1, 1});
    OneLine.ofConfig(() -> two.requireShape(RowShape.of(3)), "3", "2");
    DataSet none = data(new Samples(RowShape.of(2), new float[0]));
    OneLine.ofConfig(() -> Scaling.fit(Kind.STANDARDIZE, none), "rows to standardize is 0");
    assertEquals(Optional.empty(), none.labels());
  }
}
