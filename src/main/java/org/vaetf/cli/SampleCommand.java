package org.vaetf.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.ClassOrder;
import org.vaetf.data.ImageGrid;
import org.vaetf.data.RowFormat;
import org.vaetf.data.RowWriter;
import org.vaetf.export.SavedModelVae;

/** Draws points from the prior, or from the sampler in its place, and decodes them. */
final class SampleCommand implements Command {
  private static final int COUNT = 64;

  @Override
  public String name() {
    return "sample";
  }

  @Override
  public String operands() {
    return TrainedModel.OPERAND;
  }

  @Override
  public String summary() {
    return "Draw new data: points of the prior, or of the sampler fitted in its place, decoded; of a"
        + " conditional model those of --label, or as many of each class.";
  }

  @Override
  public String example() {
    return "java -jar vae-tf.jar sample runs/first --count 64 --seed 1 --out samples.png";
  }

  @Override
  public List<CliOption> options() {
    List<CliOption> options = new ArrayList<>(TrainedModel.OPTIONS);
    options.addAll(List.of(CliOption.COUNT, CliOption.LABEL, CliOption.SEED, CliOption.OUT));
    return options;
  }

  @Override
  public void run(Arguments arguments, Console console) {
    int asked = arguments.whole(CliOption.COUNT, COUNT, 1);
    long seed = arguments.seed(0);
    try (SavedModelVae vae = TrainedModel.load(arguments, console)) {
      Drawn rows = Drawn.of(arguments, vae, asked);
      RowFormat format =
          RowFormat.of(vae.shape(), TrainedModel.encoding(vae)).withLabelled(vae.isConditional());
      try (RowWriter out = Output.open(arguments, console, format, rows.grid());
          Meter meter = console.meter("sample", "rows", rows.count())) {
        for (int done = 0; done < rows.count(); done += SavedModelVae.POINTS_A_PART) {
          int to = Math.min(rows.count(), done + SavedModelVae.POINTS_A_PART);
          Samples points = vae.points(to - done, seed, done / SavedModelVae.POINTS_A_PART);
          TrainedModel.decode(vae, new Batch(points, rows.labels(done, to)), out, meter);
        }
        out.commit();
      }
    }
  }

  /**
   * Which rows are to be drawn.
   *
   * @param count how many
   * @param labels of a conditional model, which one is given
   * @param order of the classes, where no label was asked for
   */
  private record Drawn(int count, GivenLabels labels, Optional<ClassOrder> order) {

    static Drawn of(Arguments arguments, SavedModelVae vae, int asked) {
      GivenLabels labels = GivenLabels.of(arguments, vae);
      if (!vae.isConditional() || labels.label().isPresent()) {
        return new Drawn(asked, labels, Optional.empty());
      }
      int classes = vae.classes().count();
      ClassOrder order =
          arguments.has(CliOption.COUNT)
              ? new ClassOrder(classes, asked)
              : ClassOrder.upTo(classes, asked);
      return new Drawn(Math.toIntExact(order.rows()), labels, Optional.of(order));
    }

    Optional<int[]> labels(int from, int to) {
      return order
          .map(all -> all.labels(from, to))
          .or(() -> labels.label().map(ignored -> labels.forEach(to - from)));
    }

    ImageGrid grid() {
      return order.map(ClassOrder::grid).orElseGet(() -> ImageGrid.square(count));
    }
  }
}
