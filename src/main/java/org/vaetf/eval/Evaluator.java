package org.vaetf.eval;

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
import org.vaetf.data.RowPreparation;
import org.vaetf.data.Scaling;
import org.vaetf.export.Manifest;
import org.vaetf.export.ScaledVae;
import org.vaetf.export.Scores;

/**
 * Judges a model by rows it has not learned from, scaled and binarized as those it has learned
 * from. Memory does not grow with the number of rows.
 */
public final class Evaluator {
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
   * Judges the model. Real numbers are read once more, for their range.
   *
   * @param data not closed
   * @param progress told after every 50 draws of a batch how many more draws are done, of rows ·
   *     draws in all; by one thread at a time
   * @return means with their standard errors
   * @throws DataException if there are no rows, they are of another shape, cannot be read, or lack
   *     the labels that a conditional model is given
   */
  public Evaluation evaluate(DataSet data, IntConsumer progress) {
    ModelBatches.require(vae, data);
    Estimate.Gatherer elbo = new Estimate.Gatherer();
    Estimate.Gatherer reconstruction = new Estimate.Gatherer();
    Estimate.Gatherer kl = new Estimate.Gatherer();
    Estimate.Gatherer logLikelihood = new Estimate.Gatherer();
    ReconstructionEstimates reconstructions = new ReconstructionEstimates(data);
    boolean[] hasDensity = {true};
    eachBatch(
        data,
        progress,
        (batch, scores) -> {
          Samples x = batch.samples();
          for (int row = 0; row < x.rows(); row++) {
            elbo.add(-scores.elbo()[row]);
            reconstruction.add(-scores.reconstruction()[row]);
            kl.add(scores.kl()[row]);
            logLikelihood.add(scores.logLikelihood()[row]);
            hasDensity[0] &= scores.kl()[row] != Float.POSITIVE_INFINITY;
          }
          addReconstructions(reconstructions, batch);
        });
    return new Evaluation(
        data.rows(),
        draws,
        hasDensity[0] ? Optional.of(elbo.estimate()) : Optional.empty(),
        reconstruction.estimate(),
        hasDensity[0] ? Optional.of(kl.estimate()) : Optional.empty(),
        hasDensity[0] ? Optional.of(logLikelihood.estimate()) : Optional.empty(),
        reconstructions.squaredError(),
        reconstructions.peakSignalToNoiseDecibels(),
        reconstructions.structuralSimilarity());
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
    score(data, done -> {}, each);
  }

  /**
   * Scores each row.
   *
   * @param data not closed
   * @param progress as {@link #evaluate} tells it
   * @param each takes the scores of the rows in order, some at a time, and how many they are
   * @throws DataException if there are no rows, they are of another shape, cannot be read, or lack
   *     the labels that a conditional model is given
   */
  public void score(DataSet data, IntConsumer progress, ObjIntConsumer<Scores> each) {
    eachBatch(data, progress, (batch, scores) -> each.accept(scores, batch.samples().rows()));
  }

  /**
   * Scores some rows as {@link #score(DataSet, ObjIntConsumer)} does where they are a batch of its
   * own: to the bit, if the batch holds the same rows.
   *
   * @param stored rows as stored, of the model's shape, with labels where the model is conditional;
   *     changed in place
   * @param batch the number of the batch, from 0: another number gives other draws
   * @param firstRow the number of the first row, from 0, which binarization is keyed by
   * @return nats
   * @throws org.vaetf.base.ConfigException if the rows do not fit the model
   */
  public Scores score(Batch stored, long batch, long firstRow) {
    Manifest manifest = vae.manifest();
    Samples rows = stored.samples().requireShape("x", vae.shape());
    new RowPreparation(
            manifest.data().scaling(), manifest.data().binarization(), new Seed(manifest.seed()))
        .applyForEvaluation(rows.values(), rows.shape().size(), firstRow);
    return score(List.of(stored), batch, done -> {}).get(0);
  }

  private void eachBatch(DataSet data, IntConsumer progress, BiConsumer<Batch, Scores> work) {
    IntConsumer oneAtATime =
        done -> {
          synchronized (progress) {
            progress.accept(done);
          }
        };
    Batches.Epoch batches = ModelBatches.of(vae, data);
    Optional<int[]> labels = ModelBatches.labels(vae, data);
    for (int first = 0; first < batches.count(); first += ModelBatches.SIDE_BY_SIDE) {
      int part = first;
      int count = Math.min(ModelBatches.SIDE_BY_SIDE, batches.count() - first);
      List<Batch> group =
          IntStream.range(part, part + count)
              .mapToObj(i -> ModelBatches.batch(batches, i, labels))
              .toList();
      List<Scores> scores = score(group, part, oneAtATime);
      for (int i = 0; i < count; i++) {
        work.accept(group.get(i), scores.get(i));
      }
    }
  }

  private List<Scores> score(List<Batch> batches, long first, IntConsumer progress) {
    return DrawnScores.of(vae, batches, first, draws, new Seed(seed), progress);
  }

  private void addReconstructions(ReconstructionEstimates estimates, Batch rows) {
    Samples x = rows.samples();
    Scaling scaling = vae.manifest().data().scaling();
    float[] reconstructed = vae.reconstruct(rows).values();
    float[] original = x.values().clone();
    scaling.undo(reconstructed);
    scaling.undo(original);
    estimates.add(new Samples(x.shape(), original), new Samples(x.shape(), reconstructed));
  }
}
