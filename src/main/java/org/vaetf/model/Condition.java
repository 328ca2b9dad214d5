package org.vaetf.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * The condition axis: what encoder and decoder are given of a row beside x, so that the model is
 * p(x|y) and not p(x).
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Unconditional.class, name = "none"),
  @JsonSubTypes.Type(value = Labels.class, name = "labels"),
})
public interface Condition {

  /**
   * Whether each row must come with a label.
   *
   * @return false where the rows alone are looked at
   */
  boolean needsLabels();

  /**
   * How many classes the labels are of.
   *
   * @return 0 for none, or as long as it is left to the data
   */
  int classes();

  /**
   * The same, with what was left to the data.
   *
   * @param classes of the data, at least 1
   * @return a condition that leaves nothing open
   */
  Condition settledOn(int classes);

  /**
   * Adds what stands beside x and beside z.
   *
   * @param tf the graph
   * @param labels int64 {@code [rows]}
   * @return {@code [rows, columns]}; empty where nothing does
   */
  Optional<Operand<TFloat32>> columns(Ops tf, Operand<TInt64> labels);
}
