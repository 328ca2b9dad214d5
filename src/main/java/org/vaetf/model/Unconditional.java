package org.vaetf.model;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** No condition: the model knows rows by x alone. */
public record Unconditional() implements Condition {

  @Override
  public boolean needsLabels() {
    return false;
  }

  @Override
  public int classes() {
    return 0;
  }

  @Override
  public Condition settledOn(int classes) {
    return this;
  }

  @Override
  public Optional<Operand<TFloat32>> columns(Ops tf, Operand<TInt64> labels) {
    return Optional.empty();
  }
}
