package org.vaetf.tf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.StatelessWhile;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * A loop inside a graph, counted from 0: memory does not grow with the number of turns. The body is
 * a function of its own and sees nothing of the graph around it: what it needs travels with it,
 * either as state that each turn replaces or as a constant. TensorFlow has no gradient for it from
 * Java, so it serves inference only.
 */
public final class WhileLoop {
  private static final String TURN = "turn";
  private static final String TURNS = "turns";

  private WhileLoop() {}

  /** What a body is given: its own graph, and by name everything that travels with the loop. */
  public interface Body {
    /**
     * Builds one turn.
     *
     * @param tf the body's own graph
     * @param turn int32 {@code []}, from 0
     * @param inputs the state and the constants, by name
     * @return the new state, by name: every state name once
     */
    Map<String, Operand<?>> turn(Ops tf, Operand<TInt32> turn, Map<String, Operand<?>> inputs);
  }

  /**
   * Adds a loop to a graph.
   *
   * @param tf the graph
   * @param turns int32 {@code []}, how often
   * @param state what each turn replaces, with its first value, by name
   * @param constants what every turn sees unchanged, by name
   * @param body one turn
   * @return the state after the last turn, by name
   */
  public static Map<String, Operand<?>> build(
      Ops tf,
      Operand<TInt32> turns,
      Map<String, Operand<?>> state,
      Map<String, Operand<?>> constants,
      Body body) {
    Map<String, Operand<?>> inputs = new LinkedHashMap<>();
    inputs.put(TURN, tf.constant(0));
    inputs.put(TURNS, turns);
    inputs.putAll(state);
    inputs.putAll(constants);

    try (ConcreteFunction condition = function(inputs, WhileLoop::notDone);
        ConcreteFunction turn =
            function(inputs, (graph, given) -> oneTurn(graph, given, state, body))) {
      StatelessWhile loop = tf.statelessWhile(new ArrayList<>(inputs.values()), condition, turn);
      Map<String, Operand<?>> result = new LinkedHashMap<>();
      int output = 0;
      for (String name : inputs.keySet()) {
        if (state.containsKey(name)) {
          result.put(name, loop.output().get(output));
        }
        output++;
      }
      return result;
    }
  }

  private static Map<String, Operand<?>> notDone(Ops tf, Map<String, Operand<?>> inputs) {
    return Map.of("again", tf.math.less(int32(inputs.get(TURN)), int32(inputs.get(TURNS))));
  }

  private static Map<String, Operand<?>> oneTurn(
      Ops tf, Map<String, Operand<?>> inputs, Map<String, Operand<?>> state, Body body) {
    Operand<TInt32> turn = int32(inputs.get(TURN));
    Map<String, Operand<?>> next = body.turn(tf, turn, inputs);
    if (!next.keySet().equals(state.keySet())) {
      throw new IllegalArgumentException(
          "the body returned " + next.keySet() + "; expected " + state.keySet());
    }
    Map<String, Operand<?>> outputs = new LinkedHashMap<>();
    inputs.forEach((name, value) -> outputs.put(name, tf.identity(next.getOrDefault(name, value))));
    outputs.put(TURN, tf.math.add(turn, tf.constant(1)));
    return outputs;
  }

  private static ConcreteFunction function(
      Map<String, Operand<?>> inputs,
      BiFunction<Ops, Map<String, Operand<?>>, Map<String, Operand<?>>> build) {
    return ConcreteFunction.create(
        tf -> {
          Signature.Builder signature = Signature.builder();
          Map<String, Operand<?>> given = new LinkedHashMap<>();
          inputs.forEach((name, value) -> given.put(name, placeholder(tf, value)));
          given.forEach(signature::input);
          build.apply(tf, given).forEach(signature::output);
          return signature.build();
        });
  }

  private static <T extends TType> Placeholder<T> placeholder(Ops tf, Operand<T> like) {
    return tf.placeholder(like.type(), Placeholder.shape(like.shape()));
  }

  private static Operand<TInt32> int32(Operand<?> operand) {
    return operand.asOutput().expect(TInt32.class);
  }
}
