package org.vaetf.spark;

import java.util.List;
import org.vaetf.base.Named;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.eval.Evaluator;
import org.vaetf.export.Encoding;
import org.vaetf.export.SavedModelVae;
import org.vaetf.export.Scores;

/** What is done with the rows of a table. */
public enum Operation implements Named {
  /** The posterior's mean and log-variance. */
  ENCODE,
  /** The mean of p(x|z) at a point. */
  DECODE,
  /** The mean of p(x|z) at the posterior mean. */
  RECONSTRUCT,
  /** The evidence, in nats. */
  SCORE;

  /** Where a batch stands among all. */
  record Place(long batch, long firstRow) {}

  /** Whether the rows are points of the latent space, not data. */
  boolean takesPoints() {
    return this == DECODE;
  }

  /** The columns that are added to a table, or that a table of results alone has. */
  List<OutputColumn> columns(ModelTraits model) {
    return switch (this) {
      case ENCODE -> {
        OutputColumn mean = OutputColumn.list("mean", false, model.latent(), "mean_");
        OutputColumn spread =
            OutputColumn.list("log_variance", true, model.latent(), "log_variance_");
        // The log-variance of a point is minus infinity: it is left out.
        yield model.deterministic() ? List.of(mean) : List.of(mean, spread);
      }
      case DECODE -> List.of(OutputColumn.list("x", false, model.rowSize(), "x"));
      case RECONSTRUCT -> List.of(OutputColumn.list("reconstruction", false, model.rowSize(), "x"));
      case SCORE ->
          model.deterministic()
              ? List.of(OutputColumn.number("reconstruction", 1))
              : List.of(
                  OutputColumn.number("elbo", 0),
                  OutputColumn.number("reconstruction", 1),
                  OutputColumn.number("kl", 2),
                  OutputColumn.number("log_likelihood", 3));
    };
  }

  /**
   * Does it to a batch.
   *
   * @return two tables of as many rows; the second may be of no columns
   */
  List<Samples> apply(SavedModelVae vae, Batch rows, RowSettings settings, Place place) {
    Samples nothing = new Samples(RowShape.of(1), new float[0]);
    return switch (this) {
      case ENCODE -> {
        Encoding encoding = vae.encode(rows);
        yield List.of(encoding.mean(), encoding.logVariance());
      }
      case DECODE -> List.of(vae.decode(rows), nothing);
      case RECONSTRUCT -> List.of(vae.reconstruct(rows), nothing);
      case SCORE ->
          List.of(
              table(
                  new Evaluator(vae.scaled(), settings.draws(), settings.seed())
                      .score(rows, place.batch(), place.firstRow())),
              nothing);
    };
  }

  private static Samples table(Scores scores) {
    int rows = scores.elbo().length;
    float[] values = new float[4 * rows];
    for (int row = 0; row < rows; row++) {
      values[4 * row] = scores.elbo()[row];
      values[4 * row + 1] = scores.reconstruction()[row];
      values[4 * row + 2] = scores.kl()[row];
      values[4 * row + 3] = scores.logLikelihood()[row];
    }
    return new Samples(RowShape.of(4), values);
  }
}
