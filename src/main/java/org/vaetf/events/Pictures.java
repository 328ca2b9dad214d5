package org.vaetf.events;

import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.proto.Summary;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.DataSet;
import org.vaetf.data.GreyLevels;
import org.vaetf.data.ImageGrid;
import org.vaetf.train.ModelView;

/**
 * What a model of images makes: samples of draws that stay the same, and test rows beside their
 * reconstructions. As many images as half a million pixels hold, 64 at most.
 *
 * @param test the test rows; not closed
 * @param seed of the draws
 */
record Pictures(DataSet test, long seed) {
  private static final int MOST_IMAGES = 64;
  private static final int MOST_PIXELS = 1 << 19;
  private static final int COLUMNS = 8;

  /** The pictures of a model; none where rows are no images. */
  List<Summary.Value> of(ModelView model) {
    if (!model.shape().isImage()) {
      return List.of();
    }
    int images = images(model.shape());
    return List.of(samples(model, images), reconstructions(model, Math.max(1, images / 2)));
  }

  /** How many images a picture shows. */
  static int images(RowShape shape) {
    int pixels = shape.size() / shape.channels();
    return Math.max(1, Math.min(MOST_IMAGES, MOST_PIXELS / pixels));
  }

  private Summary.Value samples(ModelView model, int images) {
    if (model.classes().count() == 0) {
      Samples x = model.decode(Batch.of(model.points(images, seed)));
      return picture("samples", x, COLUMNS, "the means of p(x|z) at draws that stay the same");
    }
    int columns = Math.min(Math.min(COLUMNS, images), model.classes().count());
    int lines = images / columns;
    return picture(
        "samples",
        model.decode(Batch.ofEachClass(model.points(lines, seed), columns)),
        columns,
        "the means of p(x|z, y) at draws that stay the same: one z a line, one class a column");
  }

  private Summary.Value reconstructions(ModelView model, int pairs) {
    Batch rows = SpacedRows.of(test, model.classes(), pairs).read();
    Samples x = rows.samples();
    Samples again = model.reconstruct(rows);
    List<Samples> sideBySide =
        IntStream.range(0, 2 * x.rows())
            .mapToObj(i -> (i % 2 == 0 ? x : again).slice(i / 2, i / 2 + 1))
            .toList();
    return picture(
        "reconstructions",
        Samples.concatenate(sideBySide),
        COLUMNS,
        "test rows, each with its reconstruction to the right");
  }

  private Summary.Value picture(String tag, Samples x, int columns, String description) {
    return Summaries.image(
        tag, ImageGrid.of(columns).draw(GreyLevels.of(x, test.encoding())), description);
  }
}
