package org.vaetf.serve;

import java.util.Optional;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;

/**
 * What a request asks of the model.
 *
 * @param signature how
 * @param byInstance whether it came in row form, and is answered so
 * @param samples rows of the signature's input; empty where it has none
 * @param labels of the rows, or of those to come; empty where the model is not conditional
 * @param number how many to draw; 0 where the signature has no such input
 * @param seed of the draws, {@code [2]}; none where the signature has no such input
 */
@SuppressWarnings("ArrayRecordComponent") // Read once, compared by nobody.
record Question(
    Signature signature,
    boolean byInstance,
    Optional<Samples> samples,
    Optional<int[]> labels,
    int number,
    long[] seed) {

  /** The rows with their labels. */
  Batch rows() {
    return new Batch(samples.orElseThrow(), labels);
  }

  /** How many rows the answer has. */
  int answerRows() {
    return samples.map(Samples::rows).orElse(number);
  }

  /** The same about other rows. */
  Question with(Batch rows) {
    return new Question(
        signature, byInstance, Optional.of(rows.samples()), rows.labels(), number, seed);
  }
}
