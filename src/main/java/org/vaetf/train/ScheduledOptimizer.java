package org.vaetf.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.framework.optimizers.Optimizer;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * TensorFlow's optimizer with a learning rate and a step count that are fed, not built in. The
 * framework's own subclasses hold the rate as a constant, and advance Adam's β powers in an
 * operation that no dependency orders against the updates that read them, so that two runs of one
 * seed can differ; here powers follow from the step.
 */
final class ScheduledOptimizer extends Optimizer {
  private final Function<String, Move> moves;
  private final Operand<TFloat32> count;
  private Operand<TFloat32> rate;

  /**
   * How a weight moves.
   *
   * @param rule what its gradient does to it
   * @param constants of the rule, all of them
   * @param rateFactor what the step's learning rate is multiplied by for it
   */
  record Move(UpdateRule rule, Map<String, Double> constants, double rateFactor) {}

  /**
   * An optimizer of a graph that moves all weights alike.
   *
   * @param tf the graph
   * @param rule how a weight moves
   * @param constants of the rule, all of them
   * @param count float32 {@code []}, the step from 1
   */
  ScheduledOptimizer(
      Ops tf, UpdateRule rule, Map<String, Double> constants, Operand<TFloat32> count) {
    this(tf, weight -> new Move(rule, constants, 1), count);
  }

  /**
   * An optimizer of a graph.
   *
   * @param tf the graph
   * @param moves how a weight moves, by its name
   * @param count float32 {@code []}, the step from 1
   */
  ScheduledOptimizer(Ops tf, Function<String, Move> moves, Operand<TFloat32> count) {
    super((Graph) tf.scope().env(), "optimizer");
    this.moves = moves;
    this.count = count;
  }

  @Override
  protected void createSlots(List<Output<? extends TType>> variables) {
    for (Output<? extends TType> variable : variables) {
      move(variable)
          .rule
          .slots()
          .forEach((name, first) -> createSlotOnce(variable.expect(TFloat32.class), name, first));
    }
  }

  private Move move(Output<?> weight) {
    return moves.apply(weight.op().name());
  }

  private void createSlotOnce(Output<TFloat32> weight, String name, float first) {
    if (getSlot(weight, name).isEmpty()) {
      Ops init = tf.withInitScope();
      createSlot(
          weight, name, init.fill(init.constant(weight.shape().asArray()), init.constant(first)));
    }
  }

  @Override
  protected <T extends TType> Op applyDense(
      Ops dependencies, Output<T> gradient, Output<T> variable) {
    Move move = move(variable);
    Map<String, Operand<TFloat32>> slots = new LinkedHashMap<>();
    for (String name : move.rule.slots().keySet()) {
      slots.put(name, getSlot(variable, name).orElseThrow().asOutput().expect(TFloat32.class));
    }
    return move.rule.apply(
        new UpdateRule.Step(
            dependencies,
            variable.expect(TFloat32.class),
            gradient.expect(TFloat32.class),
            slots,
            move.constants,
            move.rateFactor == 1
                ? rate
                : dependencies.math.mul(rate, dependencies.constant((float) move.rateFactor)),
            count));
  }

  /**
   * Adds the updates of all weights, to run when all gradients are there. May be called again, for
   * another operation that moves the same weights with the same slots.
   *
   * @param gradients by weight
   * @param learningRate float32 {@code []}, that of the step
   * @param name of the operation that runs them all
   * @return that operation
   */
  Op apply(
      Map<Output<TFloat32>, Operand<TFloat32>> gradients,
      Operand<TFloat32> learningRate,
      String name) {
    rate = learningRate;
    List<GradAndVar<? extends TType>> pairs = new ArrayList<>();
    gradients.forEach(
        (weight, gradient) -> pairs.add(new GradAndVar<>(gradient.asOutput(), weight)));
    return applyGradients(pairs, name);
  }

  @Override
  public String getOptimizerName() {
    return "optimizer";
  }
}
