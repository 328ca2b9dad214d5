package org.vaetf.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.DataException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.ImageGrid;
import org.vaetf.data.ReadOptions;
import org.vaetf.data.Scaling;
import org.vaetf.export.SavedModelVae;
import org.vaetf.testing.TinyModel;

/** Folders of images become rows as they do on one machine. */
class ImagesTest {
  private static final RowShape SHAPE = RowShape.image(64, 64, 1);

  private final SparkSession spark = LocalSpark.session();
  private final TinyModel tiny = LocalSpark.tiny("vae").of(SHAPE);

  @TempDir Path folder;

  private Path images(int count) throws Exception {
    Path images = Files.createDirectories(folder.resolve("images"));
    Samples x = tiny.data(count, 1);
    for (int i = 0; i < x.values().length; i++) {
      x.values()[i] = Math.round(255 * x.values()[i]);
    }
    for (int row = 0; row < count; row++) {
      Path file = images.resolve("c" + row % 2).resolve(row + ".png");
      Files.createDirectories(file.getParent());
      ImageGrid.of(1).write(file, x.slice(row, row + 1));
    }
    return images;
  }

  @Test
  void inTheOrderOfTheirNamesWithTheirClasses() throws Exception {
    Path model = tiny.export(folder.resolve("model"), tiny.weights(1), Scaling.unit());
    Path images = images(12);
    TableInput in =
        new TableInput(
            images.toString(), TableFormat.IMAGES, "", Optional.empty(), ReadOptions.defaults());
    String out = folder.resolve("out").toString();
    new RowsJob(DistributedModel.of(spark, model.toString()), RowSettings.of(Operation.ENCODE))
        .run(spark, in, TableOutput.of(out), 0);
    List<Row> rows = spark.read().parquet(out).collectAsList();
    assertEquals(12, rows.size());
    assertTrue(((String) rows.get(5).getAs("path")).endsWith("c0/10.png"), rows.get(5).toString());
    assertEquals("c1", rows.get(6).getAs("label"));
    List<Samples> all =
        new org.vaetf.data.DataSources()
            .reader(images.toString(), ReadOptions.defaults()).next(12).stream()
                .map(org.vaetf.data.Batch::samples)
                .toList();
    try (SavedModelVae vae = SavedModelVae.load(model)) {
      Samples means = vae.encode(all.get(0)).mean();
      for (int i = 0; i < 12; i++) {
        assertArrayEquals(means.row(i), LocalSpark.floats(rows.get(i), "mean"));
      }
    }
    Files.writeString(images.resolve("c1").resolve("notes.txt"), "no image");
    DataException refused =
        assertThrows(DataException.class, () -> in.open(spark, Operation.ENCODE));
    assertTrue(refused.getMessage().contains("is not an image"), refused.getMessage());
  }
}
