package org.vaetf.report;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.ClassOrder;
import org.vaetf.data.GreyLevels;
import org.vaetf.data.ImageGrid;
import org.vaetf.export.SavedModelVae;

/**
 * Images that a model makes: new ones, reconstructions, and the plane of the two latent dimensions
 * that are used most. Of a conditional model: samples with a line for each class, and the plane of
 * each class up to the tenth.
 */
final class RunPictures {
  private static final int SAMPLES = 100;
  private static final int PAIRS = 32;
  private static final int MANIFOLD = 20;

  /** Fewer where there is a plane for each class. */
  private static final int MANIFOLD_OF_CLASS = 10;

  private static final int MOST_MANIFOLDS = 10;

  private RunPictures() {}

  static BufferedImage samples(PlottedRun run) {
    SavedModelVae vae = run.vae();
    if (vae.isConditional()) {
      ClassOrder order = ClassOrder.upTo(vae.classes().count(), SAMPLES);
      Samples drawn = vae.sample(order.labels(0, order.rows()), run.seed()).x();
      return order.grid().draw(GreyLevels.of(drawn, run.encoding()));
    }
    Samples drawn = vae.sample(SAMPLES, run.seed()).x();
    return ImageGrid.square(SAMPLES).draw(GreyLevels.of(drawn, run.encoding()));
  }

  static BufferedImage reconstructions(PlottedRun run) {
    return pairs(run, run.firstRows(PAIRS));
  }

  /** Rows above their reconstructions. */
  static BufferedImage pairs(PlottedRun run, Batch rows) {
    Samples pairs = ReconstructionPairs.arrange(rows.samples(), run.vae().reconstruct(rows));
    return ImageGrid.of(ReconstructionPairs.columns(rows.samples().rows()))
        .draw(GreyLevels.of(pairs, run.encoding()));
  }

  static List<NamedPicture> manifolds(PlottedRun run) {
    SavedModelVae vae = run.vae();
    int[] two = vae.latent() == 2 ? new int[] {0, 1} : run.code().mostUsed();
    int side = vae.isConditional() ? MANIFOLD_OF_CLASS : MANIFOLD;
    Samples points = new Manifold(side, two[0], two[1]).points(vae.latent());
    ImageGrid grid = new ImageGrid(side, 0);
    if (!vae.isConditional()) {
      return PlotKind.MANIFOLD.one(grid.draw(run.decoded(Batch.of(points))));
    }
    List<NamedPicture> planes = new ArrayList<>();
    for (int label = 0; label < Math.min(vae.classes().count(), MOST_MANIFOLDS); label++) {
      int[] labels = new int[points.rows()];
      Arrays.fill(labels, label);
      planes.add(
          new NamedPicture(
              PlotKind.MANIFOLD.label() + "-" + label,
              grid.draw(run.decoded(Batch.of(points, labels)))));
    }
    return planes;
  }
}
