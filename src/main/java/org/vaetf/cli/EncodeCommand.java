package org.vaetf.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.DataSet;
import org.vaetf.data.ImageGrid;
import org.vaetf.data.RowFormat;
import org.vaetf.data.RowReader;
import org.vaetf.export.Encoding;
import org.vaetf.export.SavedModelVae;

/** Gives each row's posterior. */
final class EncodeCommand implements Command {

  @Override
  public String name() {
    return "encode";
  }

  @Override
  public String summary() {
    return "Encode rows: mean and log-variance of each one's posterior (an autoencoder: the point),"
        + " and its label if it has one.";
  }

  @Override
  public String example() {
    return "java -jar vae-tf.jar encode --model runs/first --in digits.idx.gz --out codes.csv";
  }

  @Override
  public List<CliOption> options() {
    List<CliOption> options = new ArrayList<>(TrainedModel.OPTIONS);
    options.addAll(Input.OPTIONS);
    options.add(CliOption.OUT);
    return options;
  }

  @Override
  public void run(Arguments arguments, Console console) {
    try (SavedModelVae vae = TrainedModel.load(arguments, console);
        RowReader in = Input.reader(arguments, console, vae)) {
      GivenLabels labels = GivenLabels.of(arguments, vae);
      boolean point = vae.isDeterministic();
      List<String> columns = columns(vae.latent(), point);
      RowFormat format =
          RowFormat.of(RowShape.of(columns.size()), DataSet.Encoding.REALS).withColumns(columns);
      new RowJob(console, name(), vae.scaled().batchRows(), Long.MAX_VALUE)
          .run(
              in,
              batch -> new Batch(encode(vae, labels.given(batch), point), batch.labels()),
              first ->
                  Output.open(
                      arguments,
                      console,
                      format.withLabelled(first.labels().isPresent()),
                      ImageGrid.of(1)));
    }
  }

  private static List<String> columns(int latent, boolean point) {
    Stream<String> means = IntStream.range(0, latent).mapToObj(i -> "mean_" + i);
    Stream<String> logVariances =
        IntStream.range(0, point ? 0 : latent).mapToObj(i -> "log_variance_" + i);
    return Stream.concat(means, logVariances).toList();
  }

  /** The log-variance of a point is minus infinity, which no reader takes: it is left out. */
  private static Samples encode(SavedModelVae vae, Batch rows, boolean point) {
    Encoding encoding = vae.encode(rows);
    if (point) {
      return encoding.mean();
    }
    int latent = vae.latent();
    float[] values = new float[2 * latent * encoding.mean().rows()];
    for (int row = 0; row < encoding.mean().rows(); row++) {
      int to = 2 * latent * row;
      System.arraycopy(encoding.mean().values(), row * latent, values, to, latent);
      System.arraycopy(encoding.logVariance().values(), row * latent, values, to + latent, latent);
    }
    return new Samples(RowShape.of(2 * latent), values);
  }
}
