package org.vaetf.report;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.ImageGrid;
import org.vaetf.eval.Evaluator;
import org.vaetf.latent.LatentPath;
import org.vaetf.plot.Pictures;

/** Images along lines through the latent space, and those that the model does worst. */
final class LatentPictures {
  private static final int STEPS = 11;
  private static final int MOST_DIMENSIONS = 12;
  private static final int MOST_PAIRS = 8;
  private static final int WORST = 32;
  private static final double REACH = 3;

  private LatentPictures() {}

  /** A line for each dimension, that which is used most first; around the first test row. */
  static BufferedImage traversals(PlottedRun run) {
    Traversal traversal = traversal(run);
    Batch from = run.firstRows(1);
    Samples images = run.decoded(labelled(traversal.points(), from.labels().map(one -> one[0])));
    return Pictures.captioned(ImageGrid.of(STEPS).draw(images), traversal.captions());
  }

  /** Points along the dimensions, and what each line is. */
  record Traversal(Samples points, List<String> captions) {}

  static Traversal traversal(PlottedRun run) {
    LatentCode code = run.code();
    boolean standard = !code.deterministic() && LatentCode.hasStandardPrior(run.vae().manifest());
    float[] start = code.means().row(0);
    int[] order = code.order();
    int lines = Math.min(MOST_DIMENSIONS, order.length);
    float[] values = new float[lines * STEPS * start.length];
    List<String> captions = new ArrayList<>();
    for (int line = 0; line < lines; line++) {
      int dimension = order[line];
      // Where the prior says nothing of a dimension alone, the rows do.
      double middle = standard ? 0 : mean(code.means(), dimension);
      double deviation = standard ? 1 : Math.sqrt(code.activeUnits().variances().get(dimension));
      for (int step = 0; step < STEPS; step++) {
        int at = (line * STEPS + step) * start.length;
        System.arraycopy(start, 0, values, at, start.length);
        double along = REACH * (2.0 * step / (STEPS - 1) - 1);
        values[at + dimension] = (float) (middle + along * deviation);
      }
      captions.add(caption(code, dimension));
    }
    return new Traversal(new Samples(RowShape.of(start.length), values), captions);
  }

  private static String caption(LatentCode code, int dimension) {
    return code.klNats()
        .map(kl -> String.format(Locale.ROOT, "z%d: %.2f nats", dimension, kl.get(dimension)))
        .orElse("z" + dimension);
  }

  private static double mean(Samples means, int dimension) {
    return IntStream.range(0, means.rows())
        .mapToDouble(row -> means.row(row)[dimension])
        .average()
        .orElse(0);
  }

  /** Lines between the first test row and the second, the third and the fourth, and on. */
  static BufferedImage interpolations(PlottedRun run) {
    int pairs = Math.min(MOST_PAIRS, run.test().rows() / 2);
    Batch rows = run.firstRows(2 * pairs);
    Samples means = run.vae().encode(rows).mean();
    List<Samples> images = new ArrayList<>();
    for (int pair = 0; pair < pairs; pair++) {
      Samples points =
          LatentPath.LINEAR.points(means.row(2 * pair), means.row(2 * pair + 1), STEPS);
      int first = 2 * pair;
      // A point is given the label of the nearer end, the middle that of the first.
      Optional<int[]> labels =
          rows.labels()
              .map(
                  all ->
                      IntStream.range(0, STEPS)
                          .map(step -> all[2 * step < STEPS ? first : first + 1])
                          .toArray());
      images.add(run.decoded(new Batch(points, labels)));
    }
    return ImageGrid.of(STEPS).draw(Samples.concatenate(images));
  }

  /** The rows with the least log p(x|z), the worst first. */
  static BufferedImage worst(PlottedRun run) {
    int[] rows = worstRows(run);
    int columns = ReconstructionPairs.columns(rows.length);
    List<String> captions = new ArrayList<>();
    for (int line = 0; line < (rows.length + columns - 1) / columns; line++) {
      captions.add("test row");
      captions.add("reconstruction");
    }
    return Pictures.captioned(RunPictures.pairs(run, run.rows(rows)), captions);
  }

  /** Numbers of test rows by the reconstruction that {@code score} gives with one draw. */
  static int[] worstRows(PlottedRun run) {
    List<Float> reconstruction = new ArrayList<>();
    new Evaluator(run.vae().scaled(), 1, run.seed())
        .score(
            run.test(),
            (scores, rows) -> {
              for (float nats : scores.reconstruction()) {
                reconstruction.add(nats);
              }
            });
    return IntStream.range(0, reconstruction.size())
        .boxed()
        .sorted(Comparator.comparing(reconstruction::get))
        .limit(WORST)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static Batch labelled(Samples points, Optional<Integer> label) {
    return new Batch(
        points,
        label.map(
            one -> {
              int[] labels = new int[points.rows()];
              Arrays.fill(labels, one);
              return labels;
            }));
  }
}
