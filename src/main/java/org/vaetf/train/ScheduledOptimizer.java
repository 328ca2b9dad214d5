package org.vaetf.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final UpdateRule rule;
  private final Map<String, Double> constants;
  private final Operand<TFloat32> count;
  private Operand<TFloat32> rate;

  /**
   * An optimizer of a graph.
   *
   * @param tf the graph
   * @param rule how a weight moves
   * @param constants of the rule, all of them
   * @param count float32 {@code []}, the step from 1
   */
  ScheduledOptimizer(
      Ops tf, UpdateRule rule, Map<String, Double> constants, Operand<TFloat32> count) {
    super((Graph) tf.scope().env(), "optimizer");
    this.rule = rule;
    this.constants = constants;
    this.count = count;
  }

  @Override
  protected void createSlots(List<Output<? extends TType>> variables) {
    for (Output<? extends TType> variable : variables) {
      rule.slots()
          .forEach((name, first) -> createSlotOnce(variable.expect(TFloat32.class), name, first));
    }
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
    Map<String, Operand<TFloat32>> slots = new LinkedHashMap<>();
    for (String name : rule.slots().keySet()) {
      slots.put(name, getSlot(variable, name).orElseThrow().asOutput().expect(TFloat32.class));
    }
    return rule.apply(
        new UpdateRule.Step(
            dependencies,
            variable.expect(TFloat32.class),
            gradient.expect(TFloat32.class),
            slots,
            constants,
            rate,
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
