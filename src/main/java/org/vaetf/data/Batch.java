package org.vaetf.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.vaetf.base.Check;
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
   * Each row once for each of the first classes, row after row.
   *
   * @param samples the rows
   * @param classes how many, at least 1
   * @return {@code rows * classes} of them, copied, with the labels 0, 1, … of the classes in turn
   */
  public static Batch ofEachClass(Samples samples, int classes) {
    int count = Math.multiplyExact(samples.rows(), Check.atLeast("classes", classes, 1));
    return new Batch(
        Samples.concatenate(
            IntStream.range(0, count)
                .mapToObj(i -> samples.slice(i / classes, i / classes + 1))
                .toList()),
        Optional.of(IntStream.range(0, count).map(i -> i % classes).toArray()));
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
