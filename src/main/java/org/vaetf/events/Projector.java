package org.vaetf.events;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vaetf.base.AtomicOutput;
import org.vaetf.base.OutputException;
import org.vaetf.base.Png;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.DataSet;
import org.vaetf.export.SavedModelVae;

/**
 * The files of TensorBoard's embedding projector: where a model puts rows in its latent space.
 *
 * <ul>
 *   <li>{@code tensors.tsv}: the posterior mean of each row, a line each;
 *   <li>{@code metadata.tsv}: its label, where the data have labels; one column has no header;
 *   <li>{@code sprite.png}: a thumbnail of each, where rows are images;
 *   <li>{@code projector_config.pbtxt}: names the others, and is written last.
 * </ul>
 */
public final class Projector {
  private static final int MOST_ROWS = 5000;

  private Projector() {}

  /**
   * Writes the files.
   *
   * @param vae encodes the rows; not closed
   * @param data with labels where the model is conditional; of more than 5,000 rows, as many evenly
   *     spaced ones are shown; not closed
   * @param folder one that TensorBoard takes for a run, as {@code events/test}
   * @return what was written
   * @throws OutputException if the folder cannot be written
   */
  public static List<Path> write(SavedModelVae vae, DataSet data, Path folder) {
    SpacedRows rows = SpacedRows.of(data, vae.classes(), MOST_ROWS);
    Optional<Sprite> sprite =
        data.shape().isImage()
            ? Optional.of(new Sprite(data.shape(), data.encoding(), rows.count()))
            : Optional.empty();
    List<Path> written = new ArrayList<>();
    Path tensors = folder.resolve("tensors.tsv");
    AtomicOutput.write(
        tensors,
        place -> {
          try (BufferedWriter lines = Files.newBufferedWriter(place)) {
            writeMeans(vae, rows, sprite, lines);
          }
        });
    written.add(tensors);
    data.labels()
        .ifPresent(
            labels -> {
              Path metadata = folder.resolve("metadata.tsv");
              AtomicOutput.write(metadata, place -> Files.writeString(place, names(rows, labels)));
              written.add(metadata);
            });
    sprite.ifPresent(
        picture -> {
          Path file = folder.resolve("sprite.png");
          Png.write(file, picture.picture());
          written.add(file);
        });
    Path config = folder.resolve("projector_config.pbtxt");
    AtomicOutput.write(
        config, place -> Files.writeString(place, config(data.labels().isPresent(), sprite)));
    written.add(config);
    return written;
  }

  private static void writeMeans(
      SavedModelVae vae, SpacedRows rows, Optional<Sprite> sprite, BufferedWriter lines)
      throws IOException {
    int most = vae.scaled().batchRows();
    for (int from = 0; from < rows.count(); from += most) {
      Batch batch = rows.read(from, Math.min(rows.count(), from + most));
      sprite.ifPresent(picture -> picture.draw(batch.samples()));
      Samples means = vae.encode(batch).mean();
      for (int row = 0; row < means.rows(); row++) {
        StringBuilder line = new StringBuilder();
        for (float value : means.row(row)) {
          line.append(line.isEmpty() ? "" : "\t").append(value);
        }
        lines.append(line).append('\n');
      }
    }
  }

  /** A name a line: none may be blank, as blank lines do not count, nor hold a tab. */
  private static String names(SpacedRows rows, int[] labels) {
    List<String> classes = rows.data().classes();
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < rows.count(); i++) {
      int label = labels[rows.row(i)];
      String name = label >= 0 && label < classes.size() ? classes.get(label) : "";
      String plain = name.replaceAll("\\s+", " ").strip();
      names.append(plain.isEmpty() ? String.valueOf(label) : plain).append('\n');
    }
    return names.toString();
  }

  /** A message {@code ProjectorConfig} of tensorboard/plugins/projector, as text. */
  private static String config(boolean labelled, Optional<Sprite> sprite) {
    StringBuilder text = new StringBuilder("embeddings {\n");
    text.append("  tensor_name: \"posterior_mean\"\n");
    text.append("  tensor_path: \"tensors.tsv\"\n");
    if (labelled) {
      text.append("  metadata_path: \"metadata.tsv\"\n");
    }
    sprite.ifPresent(
        picture ->
            text.append("  sprite {\n    image_path: \"sprite.png\"\n    single_image_dim: ")
                .append(picture.width())
                .append("\n    single_image_dim: ")
                .append(picture.height())
                .append("\n  }\n"));
    return text.append("}\n").toString();
  }
}
