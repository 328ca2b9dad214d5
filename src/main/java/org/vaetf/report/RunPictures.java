package org.vaetf.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.DataSet;
import org.vaetf.data.DataSet.Encoding;
import org.vaetf.data.GreyLevels;
import org.vaetf.export.SavedModelVae;

/**
 * The pictures of a trained model of images: {@code samples.png}, {@code reconstructions.png} and,
 * from two latent dimensions on, {@code manifold.png}. Of a conditional model: samples with a line
 * for each class, and the manifold of each class up to the tenth, {@code manifold-0.png} and on.
 */
public final class RunPictures {
  private static final int SAMPLES = 100;
  private static final int PAIRS = 32;
  private static final int MANIFOLD = 20;
  private static final int MOST_MANIFOLDS = 10;

  private RunPictures() {}

  /**
   * Draws the pictures.
   *
   * @param vae a model of images
   * @param originals rows to reconstruct the first of, with labels if the model is conditional; not
   *     closed
   * @param seed of the samples
   * @param folder where to put them
   * @return what was written; nothing for rows that are no images
   * @throws org.vaetf.base.VaeException if the folder cannot be written, or labels are missing
   */
  public static List<Path> write(SavedModelVae vae, DataSet originals, long seed, Path folder) {
    if (!vae.shape().isImage()) {
      return List.of();
    }
    Encoding encoding = GreyLevels.encoding(vae.manifest().data().scaling());
    List<Path> written = new ArrayList<>();

    Path samples = folder.resolve("samples.png");
    if (vae.isConditional()) {
      ClassOrder order = ClassOrder.upTo(vae.classes().count(), SAMPLES);
      Samples drawn = vae.sample(order.labels(0, order.rows()), seed).x();
      order.grid().write(samples, GreyLevels.of(drawn, encoding));
    } else {
      Samples drawn = vae.sample(SAMPLES, seed).x();
      ImageGrid.square(SAMPLES).write(samples, GreyLevels.of(drawn, encoding));
    }
    written.add(samples);

    Samples first = originals.slice(0, Math.min(PAIRS, originals.rows()));
    Batch rows =
        vae.isConditional()
            ? Batch.of(first, Arrays.copyOf(vae.classes().labelsOf(originals), first.rows()))
            : Batch.of(first);
    Samples pairs = ReconstructionPairs.arrange(first, vae.reconstruct(rows));
    Path reconstructions = folder.resolve("reconstructions.png");
    ImageGrid.of(ReconstructionPairs.columns(first.rows()))
        .write(reconstructions, GreyLevels.of(pairs, encoding));
    written.add(reconstructions);

    if (vae.latent() >= 2) {
      Samples points = new Manifold(MANIFOLD, 0, 1).points(vae.latent());
      manifolds(vae, points)
          .forEach(
              (name, plane) -> {
                Path manifold = folder.resolve(name);
                new ImageGrid(MANIFOLD, 0).write(manifold, GreyLevels.of(plane, encoding));
                written.add(manifold);
              });
    }
    return List.copyOf(written);
  }

  /** Decoded points by the file's name. */
  private static Map<String, Samples> manifolds(SavedModelVae vae, Samples points) {
    if (!vae.isConditional()) {
      return Map.of("manifold.png", vae.decode(points));
    }
    Map<String, Samples> planes = new LinkedHashMap<>();
    for (int label = 0; label < Math.min(vae.classes().count(), MOST_MANIFOLDS); label++) {
      int[] labels = new int[points.rows()];
      Arrays.fill(labels, label);
      planes.put("manifold-" + label + ".png", vae.decode(Batch.of(points, labels)));
    }
    return planes;
  }
}
