package org.vaetf.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.data.DataSet;
import org.vaetf.data.ImageGrid;
import org.vaetf.data.RowFormat;
import org.vaetf.data.RowWriter;
import org.vaetf.eval.Evaluator;
import org.vaetf.export.SavedModelVae;
import org.vaetf.export.Scores;

/** Gives each row's evidence. */
final class ScoreCommand implements Command {
  private static final List<String> COLUMNS =
      List.of("elbo", "reconstruction", "kl", "log_likelihood");

  /** All that an autoencoder has. */
  private static final List<String> DETERMINISTIC_COLUMNS = List.of("reconstruction");

  @Override
  public String name() {
    return "score";
  }

  @Override
  public String summary() {
    return "Score rows, in nats: ELBO, reconstruction (mean log p(x|z)), KL, and log-likelihood,"
        + " importance-weighted with --samples draws (1).";
  }

  @Override
  public String example() {
    return "java -jar vae-tf.jar score --model runs/first --in digits.npy --samples 100"
        + " --out scores.csv";
  }

  @Override
  public List<CliOption> options() {
    List<CliOption> options = new ArrayList<>(TrainedModel.OPTIONS);
    options.addAll(Input.OPTIONS);
    options.addAll(List.of(CliOption.SAMPLES, CliOption.SEED, CliOption.OUT));
    return options;
  }

  @Override
  public void run(Arguments arguments, Console console) {
    int draws = arguments.whole(CliOption.SAMPLES, 1, 1);
    long seed = arguments.seed(0);
    try (SavedModelVae vae = TrainedModel.load(arguments, console);
        DataSet data = Input.dataSet(arguments, console, vae)) {
      boolean point = vae.isDeterministic();
      if (point) {
        console.say(
            "this model is an autoencoder: its posterior has no density, so there is no ELBO, KL or"
                + " log-likelihood; scoring reconstruction alone");
      }
      List<String> columns = point ? DETERMINISTIC_COLUMNS : COLUMNS;
      RowFormat format =
          RowFormat.of(RowShape.of(columns.size()), DataSet.Encoding.REALS).withColumns(columns);
      try (RowWriter out = Output.open(arguments, console, format, ImageGrid.of(1));
          Meter meter = console.meter(name(), "draws", (long) data.rows() * draws)) {
        new Evaluator(vae.scaled(), draws, seed)
            .score(
                data,
                meter::advance,
                (scores, rows) -> out.write(new Batch(table(scores, point), Optional.empty())));
        out.commit();
      }
    }
  }

  private static Samples table(Scores scores, boolean point) {
    if (point) {
      return new Samples(RowShape.of(1), scores.reconstruction());
    }
    int columns = COLUMNS.size();
    float[] values = new float[scores.elbo().length * columns];
    for (int row = 0; row < scores.elbo().length; row++) {
      values[row * columns] = scores.elbo()[row];
      values[row * columns + 1] = scores.reconstruction()[row];
      values[row * columns + 2] = scores.kl()[row];
      values[row * columns + 3] = scores.logLikelihood()[row];
    }
    return new Samples(RowShape.of(columns), values);
  }
}
