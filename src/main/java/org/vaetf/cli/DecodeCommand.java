package org.vaetf.cli;

import java.util.ArrayList;
import java.util.List;
import org.vaetf.base.DataException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.DataSources;
import org.vaetf.data.ImageGrid;
import org.vaetf.data.ReadOptions;
import org.vaetf.data.RowFormat;
import org.vaetf.data.RowReader;
import org.vaetf.export.SavedModelVae;

/** Makes data of latent points. */
final class DecodeCommand implements Command {
  private static final int COLUMNS = 16;

  @Override
  public String name() {
    return "decode";
  }

  @Override
  public String summary() {
    return "Decode latent points; of rows as 'encode' writes them, the means.";
  }

  @Override
  public String example() {
    return "java -jar vae-tf.jar decode --model runs/first --in codes.csv --label-column label"
        + " --out decoded.npy";
  }

  @Override
  public List<CliOption> options() {
    List<CliOption> options = new ArrayList<>(TrainedModel.OPTIONS);
    options.addAll(
        List.of(
            CliOption.IN,
            CliOption.LABEL_COLUMN,
            CliOption.HEADER,
            CliOption.LABEL,
            CliOption.OUT));
    return options;
  }

  @Override
  public void run(Arguments arguments, Console console) {
    String source = arguments.required(CliOption.IN);
    ReadOptions read = DataSettings.apply(ReadOptions.defaults(), arguments);
    try (SavedModelVae vae = TrainedModel.load(arguments, console);
        RowReader in = new DataSources().reader(source, read)) {
      requirePoints(source, in.shape(), vae.latent());
      GivenLabels labels = GivenLabels.of(arguments, vae);
      RowFormat format = RowFormat.of(vae.shape(), TrainedModel.encoding(vae));
      new RowJob(console, name(), vae.scaled().batchRows(), Long.MAX_VALUE)
          .run(
              labels.on(in, source),
              batch -> new Batch(vae.decode(labels.given(means(batch, vae))), batch.labels()),
              first ->
                  Output.open(
                      arguments,
                      console,
                      format.withLabelled(first.labels().isPresent()),
                      ImageGrid.of(COLUMNS)));
    }
  }

  private static void requirePoints(String source, RowShape shape, int latent) {
    if (shape.size() != latent && !shape.equals(RowShape.of(2 * latent))) {
      throw new DataException(
          source,
          "holds rows of shape "
              + shape
              + "; expected ["
              + latent
              + "], the latent dimensions of the model, or ["
              + 2 * latent
              + "] as encode writes; name a column of labels with --label-column");
    }
  }

  private static Batch means(Batch rows, SavedModelVae vae) {
    return new Batch(means(rows.samples(), vae.latent()), rows.labels());
  }

  private static Samples means(Samples rows, int latent) {
    RowShape point = RowShape.of(latent);
    if (rows.shape().size() == latent) {
      return rows.reshape(point);
    }
    float[] values = new float[rows.rows() * latent];
    for (int row = 0; row < rows.rows(); row++) {
      System.arraycopy(rows.values(), row * 2 * latent, values, row * latent, latent);
    }
    return new Samples(point, values);
  }
}
