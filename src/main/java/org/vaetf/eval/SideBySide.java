package org.vaetf.eval;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.vaetf.export.ScaledVae;

/** Does independent pieces of work; results must not depend on how many are done at a time. */
@FunctionalInterface
interface SideBySide {

  /** Does pieces 0 up to {@code pieces}; returns when all are done. */
  void run(int pieces, IntConsumer work);

  /** On a model's threads. */
  static SideBySide of(ScaledVae vae) {
    return (pieces, work) ->
        vae.sideBySide(
            pieces,
            i -> {
              work.accept(i);
              return i;
            });
  }

  /** One after the other. */
  static SideBySide alone() {
    return (pieces, work) -> IntStream.range(0, pieces).forEach(work);
  }
}
