package org.vaetf.cli;

import java.util.ArrayList;
import java.util.List;
import org.vaetf.base.Samples;
import org.vaetf.data.RowFormat;
import org.vaetf.data.RowWriter;
import org.vaetf.export.SavedModelVae;
import org.vaetf.report.ImageGrid;
import org.vaetf.report.Manifold;

/** Draws a plane of the latent space. */
final class ManifoldCommand implements Command {
  private static final int COUNT = 20;

  @Override
  public String name() {
    return "manifold";
  }

  @Override
  public String summary() {
    return "Decode a plane of the latent space: --count (20) points a side, spaced by the inverse"
        + " normal distribution function; dimensions beyond the two are 0.";
  }

  @Override
  public String example() {
    return "java -jar vae-tf.jar manifold --model runs/first --count 20 --out manifold.png";
  }

  @Override
  public List<CliOption> options() {
    List<CliOption> options = new ArrayList<>(TrainedModel.OPTIONS);
    options.addAll(List.of(CliOption.COUNT, CliOption.DIMENSIONS, CliOption.OUT));
    return options;
  }

  @Override
  public void run(Arguments arguments, Console console) {
    int count = arguments.whole(CliOption.COUNT, COUNT, 2);
    List<Integer> plane = arguments.pair(CliOption.DIMENSIONS);
    Manifold manifold = new Manifold(count, plane.get(0), plane.get(1));
    try (SavedModelVae vae = TrainedModel.load(arguments, console)) {
      Samples points = manifold.points(vae.latent());
      try (RowWriter out =
              Output.open(
                  arguments,
                  console,
                  RowFormat.of(vae.shape(), TrainedModel.encoding(vae)),
                  new ImageGrid(count, 0));
          Meter meter = console.meter(name(), "points", points.rows())) {
        TrainedModel.decode(vae, points, out, meter);
        out.commit();
      }
    }
  }
}
