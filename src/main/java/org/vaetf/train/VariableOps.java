package org.vaetf.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.vaetf.nn.Flat;

/**
 * The operations that save and restore every variable of a graph, in TensorFlow's own checkpoint
 * format.
 */
final class VariableOps {
  /** String {@code []}: path and beginning of the names of the files. */
  static final String PREFIX = "checkpoint_prefix";

  /** Runs to write the files. */
  static final String SAVE = "save";

  /** Runs to read them. */
  static final String RESTORE = "restore";

  /** Float32 {@code [sizes together]}: all variables, in the order of their names. */
  static final String VARIABLES = "all_variables";

  /** As {@link #VARIABLES}: what they are to be. */
  static final String GIVEN_VARIABLES = "given_variables";

  /** Runs to set them. */
  static final String SET_VARIABLES = "set_variables";

  private VariableOps() {}

  /**
   * Adds the operations, once all variables are there: weights and the optimizer's slots.
   *
   * @param tf the graph
   */
  static void addSaveAndRestore(Ops tf) {
    Map<String, Operand<?>> variables = variables((Graph) tf.scope().env());
    String[] names = variables.keySet().toArray(String[]::new);
    String[] wholes = Collections.nCopies(names.length, "").toArray(String[]::new);
    Operand<TString> prefix =
        tf.withName(PREFIX).placeholder(TString.class, Placeholder.shape(Shape.scalar()));

    tf.withName(SAVE)
        .train
        .save(prefix, tf.array(names), tf.array(wholes), List.copyOf(variables.values()));

    List<Output<?>> stored =
        tf.train
            .restore(
                prefix,
                tf.array(names),
                tf.array(wholes),
                Collections.nCopies(names.length, TFloat32.class))
            .tensors();
    List<Op> assigns = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      assigns.add(
          tf.assign(
              variables.get(names[i]).asOutput().expect(TFloat32.class),
              stored.get(i).expect(TFloat32.class)));
    }
    tf.withControlDependencies(assigns).withName(RESTORE).noOp();
  }

  /**
   * Adds the operations that read and set all variables at once, in one row.
   *
   * @param tf the graph
   */
  static void addExchange(Ops tf) {
    List<Operand<TFloat32>> variables =
        variables((Graph) tf.scope().env()).values().stream()
            .<Operand<TFloat32>>map(variable -> variable.asOutput().expect(TFloat32.class))
            .toList();
    tf.withName(VARIABLES).identity(Flat.row(tf, variables));
    Operand<TFloat32> given =
        tf.withName(GIVEN_VARIABLES)
            .placeholder(TFloat32.class, Placeholder.shape(Shape.of(bytes(tf) / Float.BYTES)));
    List<Operand<TFloat32>> parts =
        Flat.parts(tf, given, variables.stream().map(Operand::shape).toList());
    List<Op> assigns = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      assigns.add(tf.assign(variables.get(i), parts.get(i)));
    }
    tf.withControlDependencies(assigns).withName(SET_VARIABLES).noOp();
  }

  /**
   * What the variables of a graph take: weights and the optimizer's slots.
   *
   * @param tf the graph
   * @return in bytes
   */
  static long bytes(Ops tf) {
    return variables((Graph) tf.scope().env()).values().stream()
        .mapToLong(variable -> Float.BYTES * variable.shape().size())
        .sum();
  }

  private static Map<String, Operand<?>> variables(Graph graph) {
    Map<String, Operand<?>> variables = new TreeMap<>();
    for (Iterator<? extends Operation> all = graph.operations(); all.hasNext(); ) {
      Operation operation = all.next();
      if (operation.type().equals(Variable.OP_NAME)) {
        variables.put(operation.name(), operation.<TFloat32>output(0));
      }
    }
    return variables;
  }
}
