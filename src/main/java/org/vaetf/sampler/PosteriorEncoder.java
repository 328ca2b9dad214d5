package org.vaetf.sampler;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.vaetf.base.DataException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.data.Batches;
import org.vaetf.data.DataSet;
import org.vaetf.export.ExportedModel;
import org.vaetf.export.Manifest;
import org.vaetf.latent.Posterior;
import org.vaetf.latent.Prior;
import org.vaetf.model.VaeGraph;
import org.vaetf.tf.Compute;
import org.vaetf.tf.GraphSession;
import org.vaetf.tf.Workers;

/**
 * The encoder of a trained model: rows of data, scaled and binarized as in training, to their
 * posteriors. The signature {@code encode} tells two moments; here are the posterior's own
 * parameters, and draws from it whatever its family. A conditional model is given each row's label.
 * Owns its session; close it.
 */
final class PosteriorEncoder implements AutoCloseable {
  private static final String X = "x";
  private static final String LABEL = "label";
  private static final String SEED = "seed";
  private static final String PARAMETERS = "parameters";
  private static final String MEAN = "mean";
  private static final String DRAW = "draw";

  /** A few megabytes: enough for all threads to have something to do. */
  private static final int BATCH_VALUES = 1 << 18;

  private static final int MOST_ROWS = 256;

  private final GraphSession session;
  private final Manifest manifest;
  private final int latent;
  private final boolean conditional;
  private final Workers workers;

  PosteriorEncoder(ExportedModel model, Compute compute) {
    this.manifest = model.manifest();
    this.latent = model.config().latent();
    this.conditional = model.config().condition().needsLabels();
    this.session =
        GraphSession.build(
            compute,
            tf -> {
              VaeGraph anyRows = model.graph(tf, Map.of());
              VaeGraph vae =
                  conditional
                      ? anyRows.given(
                          tf.withName(LABEL)
                              .placeholder(TInt64.class, Placeholder.shape(Shape.of(-1))))
                      : anyRows;
              Shape rows = Shape.of(-1).append(GraphSession.asShape(vae.shape()));
              Operand<TFloat32> x =
                  tf.withName(X).placeholder(TFloat32.class, Placeholder.shape(rows));
              Operand<TInt64> seed =
                  tf.withName(SEED).placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
              Operand<TFloat32> parameters = vae.posteriorParameters(x);
              Prior.Distribution prior = vae.prior();
              Posterior.Conditional posterior = vae.posteriorGiven(parameters, prior);
              tf.withName(PARAMETERS).identity(parameters);
              tf.withName(MEAN).identity(posterior.mean());
              tf.withName(DRAW).identity(posterior.draw(vae.noise(parameters, seed)).z());
            });
    this.workers = compute.workers();
  }

  /**
   * The latent points of some rows.
   *
   * @param data not closed
   * @param which a draw each, or the mean
   * @param seed of the draws
   * @return {@code [rows, latent]}
   * @throws DataException if there are no rows, they are of another shape, or the model is
   *     conditional and they have no labels, or others
   */
  Samples points(DataSet data, Latents which, Seed seed) {
    Samples points = encode(data, which == Latents.MEANS ? MEAN : DRAW, seed);
    return points.reshape(RowShape.of(latent));
  }

  /**
   * What the encoder says of some rows.
   *
   * @param data not closed
   * @return the parameters of q(z|x), {@code [rows, parameters]}
   * @throws DataException if there are no rows, they are of another shape, or the model is
   *     conditional and they have no labels, or others
   */
  Samples parameters(DataSet data) {
    return encode(data, PARAMETERS, new Seed(0));
  }

  private Samples encode(DataSet data, String output, Seed seed) {
    RowShape shape = manifest.data().shape();
    if (data.rows() == 0 || !data.shape().equals(shape)) {
      throw new DataException(
          data.name(),
          "holds "
              + data.rows()
              + " rows of shape "
              + data.shape()
              + "; expected at least one of shape "
              + shape
              + ", as the model was fitted to");
    }
    int rows = Math.max(1, Math.min(MOST_ROWS, BATCH_VALUES / shape.size()));
    Batches.Epoch batches =
        new Batches(
                data,
                rows,
                manifest.data().scaling(),
                manifest.data().binarization(),
                new Seed(manifest.seed()))
            .inOrder();
    Optional<int[]> labels =
        conditional ? Optional.of(manifest.classes().labelsOf(data)) : Optional.empty();
    List<Samples> parts =
        workers.map(
            batches.count(),
            i -> {
              GraphSession.Call call =
                  session.call().feed(X, batches.get(i).samples()).feed(SEED, seed.pair(i));
              labels.ifPresent(all -> call.feed(LABEL, chosen(all, batches.rows(i))));
              return call.fetch(output).run().get(0).rows();
            });
    return Samples.concatenate(parts);
  }

  private static long[] chosen(int[] labels, int[] rows) {
    return Arrays.stream(rows).mapToLong(row -> labels[row]).toArray();
  }

  @Override
  public void close() {
    session.close();
    workers.close();
  }
}
