package org.vaetf.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.Classes;
import org.vaetf.data.DataSet;
import org.vaetf.data.DataSplit;
import org.vaetf.data.InMemoryDataSet;
import org.vaetf.data.Scaling;
import org.vaetf.export.SavedModelVae;
import org.vaetf.testing.RunFiles;
import org.vaetf.testing.TinyModel;

/** The projector's files: one line and one thumbnail for each point, in one order. */
class ProjectorTest {
  @TempDir Path folder;

  @Test
  void pointsNamesAndThumbnailsGoTogether() throws IOException {
    Path run = folder.resolve("run");
    EventsRun.train(EventsRun.config("cvae", 1), run, false);
    Path place = run.resolve("events").resolve("test");
    Samples means;
    try (DataSplit data = EventsRun.config("cvae", 1).data().open(4);
        SavedModelVae vae = SavedModelVae.load(run)) {
      Projector.write(vae, data.test(), place);
      Samples x = data.test().slice(0, 6);
      means = vae.encode(new Batch(x, data.test().labels())).mean();
      List<String> names =
          Arrays.stream(data.test().labels().orElseThrow())
              .mapToObj(label -> data.test().classes().get(label))
              .toList();
      assertEquals(names, Files.readAllLines(place.resolve("metadata.tsv")));
      BufferedImage sprite = ImageIO.read(place.resolve("sprite.png").toFile());
      assertEquals(3 * 24, sprite.getWidth(), "8 by 8 is enlarged to 24 by 24");
      assertEquals(3 * 24, sprite.getHeight(), "a square, whose last line is empty here");
      for (int i = 0; i < 6; i++) {
        int pixel = sprite.getRaster().getSample(i % 3 * 24 + 3 * 4, i / 3 * 24 + 3 * 5, 0);
        assertEquals(x.row(i)[5 * 8 + 4], pixel, "pixel of thumbnail " + i);
      }
    }
    List<String> lines = Files.readAllLines(place.resolve("tensors.tsv"));
    assertEquals(6, lines.size());
    for (int i = 0; i < 6; i++) {
      double[] point =
          Stream.of(lines.get(i).split("\t")).mapToDouble(Double::parseDouble).toArray();
      assertNear(point, means.row(i), 1e-6, "point " + i);
    }
    assertEquals(
        """
        embeddings {
          tensor_name: "posterior_mean"
          tensor_path: "tensors.tsv"
          metadata_path: "metadata.tsv"
          sprite {
            image_path: "sprite.png"
            single_image_dim: 24
            single_image_dim: 24
          }
        }
        """,
        Files.readString(place.resolve("projector_config.pbtxt")));
  }

  /** Two channels are no image; names that TensorBoard could not read one a line. */
  @Test
  void strangeNamesStayOneLineEach() throws IOException {
    TinyModel model = TinyModel.preset("vae");
    Path saved = model.export(folder.resolve("model"), model.weights(1), Scaling.none());
    InMemoryDataSet data =
        InMemoryDataSet.of("rows", model.data(4, 1))
            .withLabels(new int[] {0, 1, 2, 2})
            .withClasses(List.of("a\tb\nc", " ", "dog"));
    Path place = folder.resolve("place");
    try (SavedModelVae vae = SavedModelVae.load(saved)) {
      Projector.write(vae, data, place);
    }
    assertEquals(
        List.of("a b c", "1", "dog", "dog"), Files.readAllLines(place.resolve("metadata.tsv")));
    assertEquals(
        List.of("metadata.tsv", "projector_config.pbtxt", "tensors.tsv"), RunFiles.names(place));
    assertTrue(!Files.readString(place.resolve("projector_config.pbtxt")).contains("sprite"));
  }

  @Test
  void manyRowsAreThinnedOutEvenly() {
    float[] values = new float[7];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    DataSet data = InMemoryDataSet.of("rows", new Samples(RowShape.of(1), values));
    SpacedRows rows = SpacedRows.of(data, Classes.none(), 3);
    assertEquals(List.of(0, 2, 4), IntStream.range(0, 3).mapToObj(rows::row).toList());
    assertEquals(new Samples(RowShape.of(1), new float[] {2, 4}), rows.read(1, 3).samples());
    assertEquals(7, SpacedRows.of(data, Classes.none(), 5000).count());
  }

  @Test
  void spritesFitWhateverTheImages() {
    assertSprite(28, 28, 5000, 28, 28);
    assertSprite(64, 32, 5000, 57, 28);
    assertSprite(1000, 500, 100, 409, 204);
    assertSprite(5000, 10, 1, 4096, 8);
  }

  private static void assertSprite(int height, int width, int count, int shown, int across) {
    Sprite sprite = new Sprite(RowShape.image(height, width, 1), DataSet.Encoding.BYTES, count);
    assertEquals(shown, sprite.height());
    assertEquals(across, sprite.width());
    assertTrue(Math.max(sprite.picture().getWidth(), sprite.picture().getHeight()) <= 4096);
  }

  @Test
  void largeImagesAreShrunkInPlace() {
    RowShape tall = RowShape.image(5000, 10, 1);
    Samples images = new Samples(tall, new float[4 * tall.size()]);
    Arrays.fill(images.values(), 3 * tall.size(), 4 * tall.size(), 200);
    Sprite sprite = new Sprite(tall, DataSet.Encoding.BYTES, 4);
    sprite.draw(images);
    assertEquals(4, sprite.width());
    assertEquals(2048, sprite.height());
    assertEquals(0, sprite.picture().getRaster().getSample(2, 3072, 0));
    assertEquals(0, sprite.picture().getRaster().getSample(6, 1024, 0));
    assertEquals(200, sprite.picture().getRaster().getSample(6, 3072, 0));
  }
}
