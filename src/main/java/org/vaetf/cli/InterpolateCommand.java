package org.vaetf.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.vaetf.base.Samples;
import org.vaetf.base.VaeException;
import org.vaetf.data.Batch;
import org.vaetf.data.ImageGrid;
import org.vaetf.data.RowFormat;
import org.vaetf.data.RowReader;
import org.vaetf.data.RowWriter;
import org.vaetf.export.SavedModelVae;
import org.vaetf.latent.LatentPath;

/** Goes from one row to another through the latent space. */
final class InterpolateCommand implements Command {
  private static final int COUNT = 10;

  @Override
  public String name() {
    return "interpolate";
  }

  @Override
  public String summary() {
    return "Go from one row to another through the latent space in --count (10) points, both ends"
        + " among them; of a conditional model each takes the label of the nearer end.";
  }

  @Override
  public String example() {
    return "java -jar vae-tf.jar interpolate --model runs/first --rows 3,8 --method spherical"
        + " --out path.png";
  }

  @Override
  public List<CliOption> options() {
    List<CliOption> options = new ArrayList<>(TrainedModel.OPTIONS);
    options.addAll(Input.OPTIONS);
    options.addAll(List.of(CliOption.ROWS, CliOption.METHOD, CliOption.COUNT, CliOption.OUT));
    return options;
  }

  @Override
  public void run(Arguments arguments, Console console) {
    int count = arguments.whole(CliOption.COUNT, COUNT, 2);
    List<Integer> rows = arguments.pair(CliOption.ROWS);
    LatentPath path =
        arguments.choice(CliOption.METHOD, LatentPath.class).orElse(LatentPath.LINEAR);
    try (SavedModelVae vae = TrainedModel.load(arguments, console);
        RowReader in = Input.reader(arguments, console, vae)) {
      Batch both = pick(in, rows.get(0), rows.get(1), vae.scaled().batchRows());
      GivenLabels given = GivenLabels.of(arguments, vae);
      Samples z = vae.encode(given.given(both)).mean();
      Samples points = path.points(z.row(0), z.row(1), count);
      Optional<int[]> labels = both.labels().map(ends -> alongThePath(ends, count));
      try (RowWriter out =
          Output.open(
              arguments,
              console,
              RowFormat.of(vae.shape(), TrainedModel.encoding(vae)).withLabelled(given.areNeeded()),
              ImageGrid.of(count))) {
        Batch onThePath = given.given(new Batch(points, labels));
        out.write(new Batch(vae.decode(onThePath), onThePath.labels()));
        out.commit();
      }
    }
  }

  /** Two rows by their numbers; reads no further than it must. */
  private static Batch pick(RowReader in, int first, int second, int batchRows) {
    Batch[] picked = new Batch[2];
    long seen = 0;
    while (picked[0] == null || picked[1] == null) {
      Optional<Batch> batch = in.next(batchRows);
      if (batch.isEmpty()) {
        throw new VaeException(
            "--rows is "
                + first
                + ","
                + second
                + "; expected numbers from 0 to "
                + (seen - 1)
                + ", as the input has "
                + seen
                + " rows");
      }
      picked[0] = picked[0] == null ? rowAt(batch.get(), first - seen) : picked[0];
      picked[1] = picked[1] == null ? rowAt(batch.get(), second - seen) : picked[1];
      seen += batch.get().samples().rows();
    }
    return Batch.concatenate(List.of(picked));
  }

  private static Batch rowAt(Batch rows, long number) {
    return number < 0 || number >= rows.samples().rows()
        ? null
        : rows.slice((int) number, (int) number + 1);
  }

  /** The label of the nearer end for each point; in the middle that of the first. */
  private static int[] alongThePath(int[] ends, int count) {
    return IntStream.range(0, count).map(i -> ends[2 * i < count ? 0 : 1]).toArray();
  }
}
