package org.vaetf.eval;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import org.vaetf.base.Check;
import org.vaetf.base.DataException;
import org.vaetf.base.Samples;
import org.vaetf.base.Seed;
import org.vaetf.data.Batch;
import org.vaetf.data.Batches;
import org.vaetf.data.DataSet;
import org.vaetf.data.Scaling;
import org.vaetf.export.Manifest;
import org.vaetf.export.ScaledVae;
import org.vaetf.export.Scores;

/**
 * Judges a model by rows it has not learned from, scaled and binarized as those it has learned
 * from. Memory does not grow with the number of rows.
 */
public final class Evaluator {
  /** Batches in memory at a time: enough for many threads to have something to do. */
  private static final int SIDE_BY_SIDE = 8;

  private final ScaledVae vae;
  private final int draws;
  private final long seed;

  /**
   * An evaluator.
   *
   * @param vae the model; not closed
   * @param draws from the posterior for each row, at least 1
   * @param seed of the draws; the binarization's is the run's own, from the manifest
   * @throws org.vaetf.base.ConfigException if there are no draws
   */
  public Evaluator(ScaledVae vae, int draws, long seed) {
    this.vae = vae;
    this.draws = Check.atLeast("samples", draws, 1);
    this.seed = seed;
  }

  /**
   * Judges the model.
   *
   * @param data not closed
   * @param progress told how many more rows are done
   * @return means with their standard errors
   * @throws DataException if there are no rows, they are of another shape, cannot be read, or lack
   *     the labels that a conditional model is given
   */
  public Evaluation evaluate(DataSet data, IntConsumer progress) {
    Estimate.Gatherer elbo = new Estimate.Gatherer();
    Estimate.Gatherer reconstruction = new Estimate.Gatherer();
    Estimate.Gatherer kl = new Estimate.Gatherer();
    Estimate.Gatherer logLikelihood = new Estimate.Gatherer();
    Estimate.Gatherer squares = new Estimate.Gatherer();
    boolean[] hasDensity = {true};
    eachBatch(
        data,
        (batch, scores) -> {
          Samples x = batch.samples();
          for (int row = 0; row < x.rows(); row++) {
            elbo.add(-scores.elbo()[row]);
            reconstruction.add(-scores.reconstruction()[row]);
            kl.add(scores.kl()[row]);
            logLikelihood.add(scores.logLikelihood()[row]);
            hasDensity[0] &= scores.kl()[row] != Float.POSITIVE_INFINITY;
          }
          addSquares(squares, batch);
          progress.accept(x.rows());
        });
    return new Evaluation(
        data.rows(),
        draws,
        hasDensity[0] ? Optional.of(elbo.estimate()) : Optional.empty(),
        reconstruction.estimate(),
        hasDensity[0] ? Optional.of(kl.estimate()) : Optional.empty(),
        hasDensity[0] ? Optional.of(logLikelihood.estimate()) : Optional.empty(),
        squares.estimate());
  }

  /**
   * Scores each row.
   *
   * @param data not closed
   * @param each takes the scores of the rows in order, some at a time, and how many they are
   * @throws DataException if there are no rows, they are of another shape, cannot be read, or lack
   *     the labels that a conditional model is given
   */
  public void score(DataSet data, ObjIntConsumer<Scores> each) {
    eachBatch(data, (batch, scores) -> each.accept(scores, batch.samples().rows()));
  }

  private void eachBatch(DataSet data, BiConsumer<Batch, Scores> work) {
    if (data.rows() == 0) {
      throw new DataException(data.name(), "holds no rows; expected at least one to judge by");
    }
    if (!data.shape().equals(vae.shape())) {
      throw new DataException(
          data.name(),
          "holds rows of shape "
              + data.shape()
              + "; expected "
              + vae.shape()
              + ", as the model was fitted to");
    }
    Manifest manifest = vae.manifest();
    Batches.Epoch batches =
        new Batches(
                data,
                vae.batchRows(),
                manifest.data().scaling(),
                manifest.data().binarization(),
                new Seed(manifest.seed()))
            .inOrder();
    Optional<int[]> labels =
        vae.isConditional() ? Optional.of(vae.classes().labelsOf(data)) : Optional.empty();
    for (int first = 0; first < batches.count(); first += SIDE_BY_SIDE) {
      int part = first;
      int count = Math.min(SIDE_BY_SIDE, batches.count() - first);
      List<Batch> group =
          IntStream.range(part, part + count).mapToObj(i -> batch(batches, i, labels)).toList();
      List<Scores> scores = vae.sideBySide(count, i -> score(group.get(i), part + i));
      for (int i = 0; i < count; i++) {
        work.accept(group.get(i), scores.get(i));
      }
    }
  }

  private static Batch batch(Batches.Epoch batches, int number, Optional<int[]> labels) {
    int[] rows = batches.rows(number);
    return new Batch(
        batches.get(number).samples(),
        labels.map(all -> Arrays.stream(rows).map(row -> all[row]).toArray()));
  }

  private Scores score(Batch rows, int part) {
    // Draw i of a call is keyed by (seed, counter + i): batches must lie as far apart as that.
    return vae.score(rows, draws, new Seed(seed).pair((long) part * draws));
  }

  private void addSquares(Estimate.Gatherer squares, Batch rows) {
    Samples x = rows.samples();
    Scaling scaling = vae.manifest().data().scaling();
    float[] reconstructed = vae.reconstruct(rows).values();
    float[] original = x.values().clone();
    scaling.undo(reconstructed);
    scaling.undo(original);
    int size = x.shape().size();
    for (int row = 0; row < x.rows(); row++) {
      double sum = 0;
      for (int i = row * size; i < (row + 1) * size; i++) {
        double difference = (double) reconstructed[i] - original[i];
        sum += difference * difference;
      }
      squares.add(sum / size);
    }
  }
}
