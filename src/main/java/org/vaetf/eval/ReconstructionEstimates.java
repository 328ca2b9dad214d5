package org.vaetf.eval;

import java.util.Optional;
import org.vaetf.base.Samples;
import org.vaetf.data.DataSet;

/** Gathers how far rows lie from their reconstructions, some rows at a time. */
final class ReconstructionEstimates {
  private final DataSet data;
  private Optional<ReconstructionMetrics> known = Optional.empty();
  private final Estimate.Gatherer squaredError = new Estimate.Gatherer();
  private Optional<Estimate.Gatherer> peakSignalToNoise = Optional.empty();
  private Optional<Estimate.Gatherer> structuralSimilarity = Optional.empty();

  /** None yet. */
  ReconstructionEstimates(DataSet data) {
    this.data = data;
  }

  /**
   * Adds rows, in the units of the data as stored. Before the first, real numbers are read once, to
   * know their range.
   */
  void add(Samples original, Samples reconstructed) {
    ReconstructionMetrics metrics = known.orElseGet(() -> ReconstructionMetrics.of(data));
    known = Optional.of(metrics);
    add(squaredError, metrics.squaredErrors(original, reconstructed));
    peakSignalToNoise =
        added(peakSignalToNoise, metrics.peakSignalToNoiseDecibels(original, reconstructed));
    structuralSimilarity =
        added(structuralSimilarity, metrics.structuralSimilarities(original, reconstructed));
  }

  private static Optional<Estimate.Gatherer> added(
      Optional<Estimate.Gatherer> before, Optional<double[]> values) {
    return values.map(present -> add(before.orElseGet(Estimate.Gatherer::new), present));
  }

  private static Estimate.Gatherer add(Estimate.Gatherer gatherer, double[] values) {
    for (double value : values) {
      gatherer.add(value);
    }
    return gatherer;
  }

  Estimate squaredError() {
    return squaredError.estimate();
  }

  Optional<Estimate> peakSignalToNoiseDecibels() {
    return peakSignalToNoise.map(Estimate.Gatherer::estimate);
  }

  Optional<Estimate> structuralSimilarity() {
    return structuralSimilarity.map(Estimate.Gatherer::estimate);
  }
}
