package org.vaetf.cli;

import java.util.ArrayList;
import java.util.List;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.ImageGrid;
import org.vaetf.data.RowFormat;
import org.vaetf.data.RowWriter;
import org.vaetf.export.SavedModelVae;
import org.vaetf.report.Manifold;

/** Draws a plane of the latent space. */
final class ManifoldCommand implements Command {
  private static final int COUNT = 20;

  @Override
  public String name() {
    return "manifold";
  }

  @Override
  public String operands() {
    return TrainedModel.OPERAND;
  }

  @Override
  public String summary() {
    return "Decode a plane of the latent space: --count (20) points a side, spaced by the inverse"
        + " normal distribution function; dimensions beyond the two are 0. A conditional model's"
        + " plane is that of --label.";
  }

  @Override
  public String example() {
    return "java -jar vae-tf.jar manifold runs/first --count 20 --out manifold.png";
  }

  @Override
  public List<CliOption> options() {
    List<CliOption> options = new ArrayList<>(TrainedModel.OPTIONS);
    options.addAll(List.of(CliOption.COUNT, CliOption.DIMENSIONS, CliOption.LABEL, CliOption.OUT));
    return options;
  }

  @Override
  public void run(Arguments arguments, Console console) {
    int count = arguments.whole(CliOption.COUNT, COUNT, 2);
    List<Integer> dimensions = arguments.pair(CliOption.DIMENSIONS);
    Manifold manifold = new Manifold(count, dimensions.get(0), dimensions.get(1));
    try (SavedModelVae vae = TrainedModel.load(arguments, console)) {
      GivenLabels labels = GivenLabels.of(arguments, vae);
      Samples plane = manifold.points(vae.latent());
      Batch points =
          labels.areNeeded() ? Batch.of(plane, labels.forEach(plane.rows())) : Batch.of(plane);
      try (RowWriter out =
              Output.open(
                  arguments,
                  console,
                  RowFormat.of(vae.shape(), TrainedModel.encoding(vae))
                      .withLabelled(labels.areNeeded()),
                  new ImageGrid(count, 0));
          Meter meter = console.meter(name(), "points", plane.rows())) {
        TrainedModel.decode(vae, points, out, meter);
        out.commit();
      }
    }
  }
}
