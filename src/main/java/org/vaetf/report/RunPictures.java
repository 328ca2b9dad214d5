package org.vaetf.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vaetf.base.Samples;
import org.vaetf.data.DataSet;
import org.vaetf.data.DataSet.Encoding;
import org.vaetf.export.SavedModelVae;

/**
 * The pictures of a trained model of images: {@code samples.png}, {@code reconstructions.png} and,
 * from two latent dimensions on, {@code manifold.png}.
 */
public final class RunPictures {
  private static final int SAMPLES = 100;
  private static final int PAIRS = 32;
  private static final int MANIFOLD = 20;

  private RunPictures() {}

  /**
   * Draws the pictures.
   *
   * @param vae a model of images
   * @param originals rows to reconstruct the first of; not closed
   * @param seed of the samples
   * @param folder where to put them
   * @return what was written; nothing for rows that are no images
   * @throws org.vaetf.base.VaeException if the folder cannot be written
   */
  public static List<Path> write(SavedModelVae vae, DataSet originals, long seed, Path folder) {
    if (!vae.shape().isImage()) {
      return List.of();
    }
    Encoding encoding = GreyLevels.encoding(vae.manifest().data().scaling());
    List<Path> written = new ArrayList<>();

    Path samples = folder.resolve("samples.png");
    ImageGrid.square(SAMPLES)
        .write(samples, GreyLevels.of(vae.sample(SAMPLES, seed).x(), encoding));
    written.add(samples);

    Samples first = originals.slice(0, Math.min(PAIRS, originals.rows()));
    Samples pairs = ReconstructionPairs.arrange(first, vae.reconstruct(first));
    Path reconstructions = folder.resolve("reconstructions.png");
    ImageGrid.of(ReconstructionPairs.columns(first.rows()))
        .write(reconstructions, GreyLevels.of(pairs, encoding));
    written.add(reconstructions);

    if (vae.latent() >= 2) {
      Path manifold = folder.resolve("manifold.png");
      Samples points = new Manifold(MANIFOLD, 0, 1).points(vae.latent());
      new ImageGrid(MANIFOLD, 0).write(manifold, GreyLevels.of(vae.decode(points), encoding));
      written.add(manifold);
    }
    return List.copyOf(written);
  }
}
