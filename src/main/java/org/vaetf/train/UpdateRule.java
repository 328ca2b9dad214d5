package org.vaetf.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.ApplyMomentum;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Named;

/**
 * How an optimizer moves a weight: one value for each, over TensorFlow's own training kernels.
 * {@code g} is the gradient, η the learning rate, t the step from 1.
 */
public enum UpdateRule implements Named {
  /** {@code w −= η g}. */
  SGD(0.01f) {
    @Override
    Op apply(Step step) {
      return step.tf.train.applyGradientDescent(step.weight, step.rate, step.gradient);
    }
  },
  /** {@code a = 0.9 a + g; w −= η a}; Polyak (1964). */
  MOMENTUM(0.01f, slot("momentum", 0)) {
    @Override
    Op apply(Step step) {
      return step.tf.train.applyMomentum(
          step.weight, step.slot("momentum"), step.rate, step.gradient, step.constant(0.9f));
    }
  },
  /** {@code a = 0.9 a + g; w −= η (g + 0.9 a)}; Nesterov (1983). */
  NESTEROV(0.01f, slot("momentum", 0)) {
    @Override
    Op apply(Step step) {
      return step.tf.train.applyMomentum(
          step.weight,
          step.slot("momentum"),
          step.rate,
          step.gradient,
          step.constant(0.9f),
          ApplyMomentum.useNesterov(true));
    }
  },
  /**
   * β₁ = 0.9, β₂ = 0.999, ε = 1e-8; Kingma and Ba, arXiv 1412.6980, the efficient form behind
   * algorithm 1.
   */
  ADAM(0.001f, slot("m", 0), slot("v", 0)) {
    @Override
    Op apply(Step step) {
      return step.tf.train.applyAdam(
          step.weight,
          step.slot("m"),
          step.slot("v"),
          step.powerOf(BETA1),
          step.powerOf(BETA2),
          step.rate,
          step.constant(BETA1),
          step.constant(BETA2),
          step.constant(EPSILON),
          step.gradient);
    }
  },
  /**
   * {@link #ADAM} with decoupled weight decay; Loshchilov and Hutter, arXiv 1711.05101, algorithm
   * 2.
   */
  ADAMW(0.001f, slot("m", 0), slot("v", 0)) {
    @Override
    Op apply(Step step) {
      return ADAM.apply(step);
    }

    @Override
    public double defaultWeightDecay() {
      return 0.01;
    }
  },
  /**
   * Adam with Nesterov's momentum and its schedule {@code μ_t = 0.9 (1 − 0.96^(0.004 t) / 2)};
   * Dozat (ICLR workshop 2016).
   */
  NADAM(0.001f, slot("m", 0), slot("v", 0), slot("schedule", 1)) {
    @Override
    Op apply(Step step) {
      return Nadam.apply(step);
    }
  },
  /** β₁ = 0.9, β₂ = 0.999, ε = 1e-8; Kingma and Ba, arXiv 1412.6980, algorithm 2. */
  ADAMAX(0.001f, slot("m", 0), slot("v", 0)) {
    @Override
    Op apply(Step step) {
      return step.tf.train.applyAdaMax(
          step.weight,
          step.slot("m"),
          step.slot("v"),
          step.powerOf(BETA1),
          step.rate,
          step.constant(BETA1),
          step.constant(BETA2),
          step.constant(EPSILON),
          step.gradient);
    }
  },
  /** {@code s = 0.9 s + 0.1 g²; w −= η g / √(s + 1e-7)}; Tieleman and Hinton (2012). */
  RMSPROP(0.001f, slot("square", 0), slot("momentum", 0)) {
    @Override
    Op apply(Step step) {
      return step.tf.train.applyRmsProp(
          step.weight,
          step.slot("square"),
          step.slot("momentum"),
          step.rate,
          step.constant(0.9f),
          step.constant(0f),
          step.constant(1e-7f),
          step.gradient);
    }
  },
  /** {@code s += g², from 0.1; w −= η g / (√s + 1e-7)}; Duchi et al. (JMLR 2011). */
  ADAGRAD(0.01f, slot("sum", 0.1f)) {
    @Override
    Op apply(Step step) {
      return step.tf.train.applyAdagradV2(
          step.weight, step.slot("sum"), step.rate, step.constant(1e-7f), step.gradient);
    }
  },
  /** ρ = 0.95, ε = 1e-7; Zeiler, arXiv 1212.5701. */
  ADADELTA(1f, slot("square", 0), slot("update", 0)) {
    @Override
    Op apply(Step step) {
      return step.tf.train.applyAdadelta(
          step.weight,
          step.slot("square"),
          step.slot("update"),
          step.rate,
          step.constant(0.95f),
          step.constant(1e-7f),
          step.gradient);
    }
  };

  static final float BETA1 = 0.9f;
  static final float BETA2 = 0.999f;
  static final float EPSILON = 1e-8f;

  private final float defaultLearningRate;

  @SuppressWarnings("ImmutableEnumChecker") // Filled by the constructor alone.
  private final Map<String, Float> slots = new LinkedHashMap<>();

  UpdateRule(float defaultLearningRate, Slot... slots) {
    this.defaultLearningRate = defaultLearningRate;
    for (Slot slot : slots) {
      this.slots.put(slot.name, slot.first);
    }
  }

  /**
   * The learning rate that the rule's authors or TensorFlow suggest.
   *
   * @return η where none is given
   */
  public double defaultLearningRate() {
    return Double.parseDouble(Float.toString(defaultLearningRate));
  }

  /**
   * The weight decay that belongs to the rule.
   *
   * @return 0 for all but {@link #ADAMW}
   */
  public double defaultWeightDecay() {
    return 0;
  }

  /**
   * What the rule remembers for each weight.
   *
   * @return first values by name
   */
  Map<String, Float> slots() {
    return slots;
  }

  /** Adds the update of one weight to the graph. */
  abstract Op apply(Step step);

  /** What an update sees: all operands float32, the weight's and the slots' shape, or scalar. */
  record Step(
      Ops tf,
      Operand<TFloat32> weight,
      Operand<TFloat32> gradient,
      Map<String, Operand<TFloat32>> slots,
      Operand<TFloat32> rate,
      Operand<TFloat32> count) {

    Operand<TFloat32> slot(String name) {
      return slots.get(name);
    }

    Operand<TFloat32> constant(float value) {
      return tf.constant(value);
    }

    /** {@code base^t}. */
    Operand<TFloat32> powerOf(float base) {
      return tf.math.pow(tf.constant(base), count);
    }
  }

  private record Slot(String name, float first) {}

  private static Slot slot(String name, float first) {
    return new Slot(name, first);
  }
}
