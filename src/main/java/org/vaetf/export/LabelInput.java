package org.vaetf.export;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt64;
import org.vaetf.model.Condition;
import org.vaetf.model.VaeGraph;

/**
 * The input {@code label} of a conditional model's signature. A label of no class is an error of
 * the graph; so is another number of labels than of rows, where the two are put side by side.
 *
 * @param tf the graph
 * @param placeholder int64 {@code [rows]}; empty of an unconditional model
 * @param classes how many there are
 */
record LabelInput(Ops tf, Optional<Operand<TInt64>> placeholder, int classes) {

  static LabelInput of(Ops tf, String name, Condition condition) {
    return new LabelInput(
        tf,
        condition.needsLabels()
            ? Optional.of(
                tf.withName(name).placeholder(TInt64.class, Placeholder.shape(Shape.of(-1))))
            : Optional.empty(),
        condition.classes());
  }

  /** The model for as many rows as there are labels. */
  VaeGraph given(VaeGraph vae) {
    return placeholder.map(label -> vae.given(checked(label))).orElse(vae);
  }

  /** A signature's other inputs and this one. */
  Map<String, Operand<?>> beside(Map<String, Operand<?>> others) {
    Map<String, Operand<?>> inputs = new LinkedHashMap<>(others);
    placeholder.ifPresent(label -> inputs.put(Contract.LABEL, label));
    return inputs;
  }

  private Operand<TInt64> checked(Operand<TInt64> label) {
    Operand<TInt64> labels = tf.ensureShape(label, Shape.of(-1));
    Operand<TBool> known =
        tf.math.logicalAnd(
            tf.math.greaterEqual(labels, tf.constant(0L)),
            tf.math.less(labels, tf.constant((long) classes)));
    String fault = "label: expected whole numbers from 0 to " + (classes - 1) + ", found";
    Op check =
        tf.assertThat(tf.reduceAll(known, tf.constant(0)), List.of(tf.constant(fault), labels));
    return tf.withControlDependencies(List.of(check)).identity(labels);
  }
}
