package org.vaetf.cli;

import java.util.ArrayList;
import java.util.List;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.ImageGrid;
import org.vaetf.data.RowFormat;
import org.vaetf.data.RowReader;
import org.vaetf.data.RowWriter;
import org.vaetf.export.SavedModelVae;
import org.vaetf.report.ReconstructionPairs;

/** Sends rows through the latent space and back. */
final class ReconstructCommand implements Command {
  /** Pairs in a picture where nobody says how many. */
  private static final int PAIRS = 64;

  @Override
  public String name() {
    return "reconstruct";
  }

  @Override
  public String summary() {
    return "Reconstruct rows from their posterior means; a .png shows the first ones (--count, 64)"
        + " under their originals.";
  }

  @Override
  public String example() {
    return "java -jar vae-tf.jar reconstruct --model runs/first --data mnist-10k --out pairs.png";
  }

  @Override
  public List<CliOption> options() {
    List<CliOption> options = new ArrayList<>(TrainedModel.OPTIONS);
    options.addAll(Input.OPTIONS);
    options.addAll(List.of(CliOption.COUNT, CliOption.OUT));
    return options;
  }

  @Override
  public void run(Arguments arguments, Console console) {
    boolean picture = Output.isPicture(arguments);
    int most = arguments.whole(CliOption.COUNT, picture ? PAIRS : Integer.MAX_VALUE, 1);
    try (SavedModelVae vae = TrainedModel.load(arguments, console);
        RowReader in = Input.reader(arguments, console, vae)) {
      GivenLabels labels = GivenLabels.of(arguments, vae);
      RowFormat format = RowFormat.of(vae.shape(), TrainedModel.encoding(vae));
      if (picture) {
        Batch rows = labels.given(TrainedModel.firstRows(in, most));
        drawPairs(arguments, console, vae, rows, format);
        return;
      }
      new RowJob(console, name(), vae.scaled().batchRows(), most)
          .run(
              in,
              batch -> new Batch(vae.reconstruct(labels.given(batch)), batch.labels()),
              first ->
                  Output.open(
                      arguments,
                      console,
                      format.withLabelled(first.labels().isPresent()),
                      ImageGrid.of(1)));
    }
  }

  private static void drawPairs(
      Arguments arguments, Console console, SavedModelVae vae, Batch rows, RowFormat format) {
    Samples originals = rows.samples();
    int columns = ReconstructionPairs.columns(originals.rows());
    try (RowWriter out = Output.open(arguments, console, format, ImageGrid.of(columns))) {
      Samples pairs = ReconstructionPairs.arrange(originals, vae.reconstruct(rows));
      out.write(Batch.of(pairs));
      out.commit();
    }
  }
}
