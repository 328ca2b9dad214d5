package org.vaetf.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.model.Adam;

/**
 * By which rule each weight moves: the run's optimizer, or one that the objective has for it. An
 * optimizer minds its own weights alone: it clips by their norm, and the run's weight decay leaves
 * those of another alone.
 *
 * @param run the run's optimizer
 * @param own others, by the beginning of their weights' names
 */
record WeightRules(OptimizerConfig run, Map<String, Adam> own) {

  /** The beginning of a weight's name that another optimizer than the run's goes by. */
  private Optional<String> owner(String weight) {
    return own.keySet().stream().filter(weight::startsWith).findFirst();
  }

  /** Whether the run's optimizer moves a weight. */
  boolean isOfRun(String weight) {
    return owner(weight).isEmpty();
  }

  /** How a weight moves. */
  ScheduledOptimizer.Move of(String weight) {
    return owner(weight)
        .map(own::get)
        .map(
            adam ->
                new ScheduledOptimizer.Move(
                    UpdateRule.ADAM,
                    UpdateRule.ADAM.complete(Map.of("beta1", adam.beta1(), "beta2", adam.beta2())),
                    adam.learningRate() / run.learningRate()))
        .orElseGet(() -> new ScheduledOptimizer.Move(run.rule(), run.constants(), 1));
  }

  /** Clips the gradients of each optimizer by themselves. */
  Map<String, Operand<TFloat32>> clip(Ops tf, Map<String, Operand<TFloat32>> gradients) {
    Map<Optional<String>, Map<String, Operand<TFloat32>>> byOwner = new LinkedHashMap<>();
    gradients.forEach(
        (name, gradient) ->
            byOwner.computeIfAbsent(owner(name), any -> new LinkedHashMap<>()).put(name, gradient));
    Map<String, Operand<TFloat32>> clipped = new LinkedHashMap<>();
    byOwner.values().forEach(some -> clipped.putAll(Gradients.clip(tf, some, run)));
    return clipped;
  }
}
