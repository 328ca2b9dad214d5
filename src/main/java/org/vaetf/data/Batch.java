package org.vaetf.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.vaetf.base.Samples;

/**
 * Some rows, with the class of each where the data has labels.
 *
 * @param samples the rows
 * @param labels {@code [rows]}, or empty
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over, not copied, as the samples are.
public record Batch(Samples samples, Optional<int[]> labels) {

  /**
   * Rows without labels.
   *
   * @param samples the rows
   * @return a batch of them
   */
  public static Batch of(Samples samples) {
    return new Batch(samples, Optional.empty());
  }

  /**
   * Rows with labels.
   *
   * @param samples the rows
   * @param labels {@code [rows]}
   * @return a batch of both
   */
  public static Batch of(Samples samples, int... labels) {
    return new Batch(samples, Optional.of(labels));
  }

  /**
   * Some batches as one.
   *
   * @param parts at least one, all with labels or all without
   * @return their rows in order, copied
   */
  public static Batch concatenate(List<Batch> parts) {
    return new Batch(
        Samples.concatenate(parts.stream().map(Batch::samples).toList()),
        parts
            .get(0)
            .labels
            .map(
                ignored ->
                    parts.stream()
                        .flatMapToInt(part -> Arrays.stream(part.labels.orElseThrow()))
                        .toArray()));
  }

  /**
   * Some of the rows.
   *
   * @param from the first
   * @param to one past the last
   * @return a copy
   */
  public Batch slice(int from, int to) {
    return new Batch(samples.slice(from, to), labels.map(all -> Arrays.copyOfRange(all, from, to)));
  }
}
