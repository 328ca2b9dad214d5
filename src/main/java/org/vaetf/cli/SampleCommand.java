package org.vaetf.cli;

import java.util.ArrayList;
import java.util.List;
import org.vaetf.base.Samples;
import org.vaetf.data.RowFormat;
import org.vaetf.data.RowWriter;
import org.vaetf.export.SavedModelVae;
import org.vaetf.report.ImageGrid;

/** Draws points from the prior, or from the sampler in its place, and decodes them. */
final class SampleCommand implements Command {
  private static final int COUNT = 64;

  /**
   * So many points at most come from one call of the signature, as (seed, 0) gives them; the next
   * come from (seed, 1), so that memory does not grow with their number.
   */
  private static final int MOST_POINTS = 1 << 17;

  @Override
  public String name() {
    return "sample";
  }

  @Override
  public String summary() {
    return "Draw new data: points of the prior, or of the sampler fitted in its place, decoded.";
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
      for (int done = 0; done < count; done += MOST_POINTS) {
        int wanted = Math.min(MOST_POINTS, count - done);
        Samples points = vae.points(wanted, seed, done / MOST_POINTS);
        TrainedModel.decode(vae, points, out, meter);
      }
      out.commit();
    }
  }
}
