package org.vaetf.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vaetf.data.Batch;
import org.vaetf.data.RowFormat;
import org.vaetf.data.RowWriter;
import org.vaetf.export.Generated;
import org.vaetf.export.SavedModelVae;
import org.vaetf.report.ImageGrid;

/** Draws points from the prior and decodes them. */
final class SampleCommand implements Command {
  private static final int COUNT = 64;

  @Override
  public String name() {
    return "sample";
  }

  @Override
  public String summary() {
    return "Draw new data: points of the prior, decoded.";
  }

  @Override
  public String example() {
    return "java -jar vae-tf.jar sample --model runs/first --count 64 --seed 1 --out samples.png";
  }

  @Override
  public List<CliOption> options() {
    List<CliOption> options = new ArrayList<>(TrainedModel.OPTIONS);
    options.addAll(List.of(CliOption.COUNT, CliOption.SEED, CliOption.OUT));
    return options;
  }

  @Override
  public void run(Arguments arguments, Console console) {
    int count = arguments.whole(CliOption.COUNT, COUNT, 1);
    long seed = arguments.seed(0);
    try (SavedModelVae vae = TrainedModel.load(arguments, console);
        RowWriter out =
            Output.open(
                arguments,
                console,
                RowFormat.of(vae.shape(), TrainedModel.encoding(vae)),
                ImageGrid.square(count));
        Meter meter = console.meter("sample", "rows", count)) {
      int most = TrainedModel.batchRows(vae);
      int rows;
      for (int done = 0; done < count; done += rows) {
        rows = Math.min(most, count - done);
        // The first batch is the signature's own draw for (seed, 0); later ones are (seed, 1) ….
        Generated generated = vae.sample(rows, seed, done / most);
        out.write(new Batch(generated.x(), Optional.empty()));
        meter.advance(rows);
      }
      out.commit();
    }
  }
}
