package org.vaetf.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vaetf.base.Check;

/**
 * How gradients move weights. Order within a step: the gradients of the loss; clipping by value,
 * then by norm; weight decay; the rule's update.
 *
 * @param rule the optimizer
 * @param learningRate η, above 0, before the schedule
 * @param weightDecay λ, 0 or more: {@code w −= η λ w} for every kernel, not for biases; decoupled
 *     from the gradient as in Loshchilov and Hutter, arXiv 1711.05101
 * @param clipNorm the greatest norm of all gradients together, {@code g · min(1, c / ‖g‖)} (Pascanu
 *     et al., arXiv 1211.5063); 0 for no limit
 * @param clipValue the greatest magnitude of each entry; 0 for no limit
 * @param constants of the rule's formula by name, as {@code beta1} and {@code epsilon}; those that
 *     are not given, or null for all, are the rule's own
 */
public record OptimizerConfig(
    UpdateRule rule,
    double learningRate,
    double weightDecay,
    double clipNorm,
    double clipValue,
    Map<String, Double> constants) {

  /**
   * Checks the settings.
   *
   * @param rule the optimizer
   * @param learningRate η, above 0, before the schedule
   * @param weightDecay λ, 0 or more: {@code w −= η λ w} for every kernel, not for biases; decoupled
   *     from the gradient as in Loshchilov and Hutter, arXiv 1711.05101
   * @param clipNorm the greatest norm of all gradients together, {@code g · min(1, c / ‖g‖)}
   *     (Pascanu et al., arXiv 1211.5063); 0 for no limit
   * @param clipValue the greatest magnitude of each entry; 0 for no limit
   * @param constants of the rule's formula by name, as {@code beta1} and {@code epsilon}; those
   *     that are not given, or null for all, are the rule's own
   * @throws org.vaetf.base.ConfigException if the learning rate is not above 0, another number is
   *     negative, or the rule has no such constant or none of such a value
   */
  public OptimizerConfig {
    Check.present("optimizer", rule);
    Check.positive("learningRate", learningRate);
    Check.notNegative("weightDecay", weightDecay);
    Check.notNegative("clipNorm", clipNorm);
    Check.notNegative("clipValue", clipValue);
    constants =
        Collections.unmodifiableMap(rule.complete(constants == null ? Map.of() : constants));
  }

  /**
   * A rule with its own defaults.
   *
   * @param rule the optimizer
   * @return its learning rate and weight decay, no clipping
   */
  public static OptimizerConfig of(UpdateRule rule) {
    return new OptimizerConfig(
        rule, rule.defaultLearningRate(), rule.defaultWeightDecay(), 0, 0, Map.of());
  }

  /**
   * Adam at 0.001.
   *
   * @return the defaults
   */
  public static OptimizerConfig defaults() {
    return of(UpdateRule.ADAM);
  }

  /**
   * The same with another learning rate.
   *
   * @param value above 0
   * @return a copy
   */
  public OptimizerConfig withLearningRate(double value) {
    return new OptimizerConfig(rule, value, weightDecay, clipNorm, clipValue, constants);
  }

  /**
   * The same with another weight decay.
   *
   * @param value 0 or more
   * @return a copy
   */
  public OptimizerConfig withWeightDecay(double value) {
    return new OptimizerConfig(rule, learningRate, value, clipNorm, clipValue, constants);
  }

  /**
   * The same with another limit on the norm.
   *
   * @param value 0 for none
   * @return a copy
   */
  public OptimizerConfig withClipNorm(double value) {
    return new OptimizerConfig(rule, learningRate, weightDecay, value, clipValue, constants);
  }

  /**
   * The same with another limit on each entry.
   *
   * @param value 0 for none
   * @return a copy
   */
  public OptimizerConfig withClipValue(double value) {
    return new OptimizerConfig(rule, learningRate, weightDecay, clipNorm, value, constants);
  }

  /**
   * The same with another value of one of the rule's constants.
   *
   * @param name as {@code epsilon}
   * @param value in the constant's range
   * @return a copy
   */
  public OptimizerConfig withConstant(String name, double value) {
    Map<String, Double> others = new LinkedHashMap<>(constants);
    others.put(name, value);
    return new OptimizerConfig(rule, learningRate, weightDecay, clipNorm, clipValue, others);
  }
}
