package org.vaetf.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.ApplyMomentum;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Named;

/**
 * How an optimizer moves a weight: one value for each, over TensorFlow's own training kernels.
 * {@code g} is the gradient, η the learning rate, t the step from 1. The other letters are the
 * rule's constants, given here with their defaults; {@link OptimizerConfig#withConstant} sets them.
 */
public enum UpdateRule implements Named {
  /** {@code w −= η g}. */
  SGD(0.01f) {
    @Override
    Op apply(Step step) {
      return step.tf.train.applyGradientDescent(step.weight, step.rate, step.gradient);
    }
  },
  /** {@code a = μ a + g; w −= η a}, momentum μ = 0.9; Polyak (1964). */
  MOMENTUM(0.01f, slot("momentum", 0), share("momentum", 0.9)) {
    @Override
    Op apply(Step step) {
      return step.tf.train.applyMomentum(
          step.weight, step.slot("momentum"), step.rate, step.gradient, step.constant("momentum"));
    }
  },
  /** {@code a = μ a + g; w −= η (g + μ a)}, momentum μ = 0.9; Nesterov (1983). */
  NESTEROV(0.01f, slot("momentum", 0), share("momentum", 0.9)) {
    @Override
    Op apply(Step step) {
      return step.tf.train.applyMomentum(
          step.weight,
          step.slot("momentum"),
          step.rate,
          step.gradient,
          step.constant("momentum"),
          ApplyMomentum.useNesterov(true));
    }
  },
  /**
   * β₁ = 0.9, β₂ = 0.999, ε = 1e-8; Kingma and Ba, arXiv 1412.6980, the efficient form behind
   * algorithm 1.
   */
  ADAM(0.001f, moments()) {
    @Override
    Op apply(Step step) {
      return step.tf.train.applyAdam(
          step.weight,
          step.slot("m"),
          step.slot("v"),
          step.powerOf("beta1"),
          step.powerOf("beta2"),
          step.rate,
          step.constant("beta1"),
          step.constant("beta2"),
          step.constant("epsilon"),
          step.gradient);
    }
  },
  /**
   * {@link #ADAM} with decoupled weight decay; Loshchilov and Hutter, arXiv 1711.05101, algorithm
   * 2.
   */
  ADAMW(0.001f, moments()) {
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
   * {@link #ADAM} with Nesterov's momentum and its schedule {@code μ_t = β₁ (1 − 0.96^(0.004 t) /
   * 2)}; Dozat (ICLR workshop 2016).
   */
  NADAM(0.001f, moments(slot("schedule", 1))) {
    @Override
    Op apply(Step step) {
      return Nadam.apply(step);
    }
  },
  /** β₁ = 0.9, β₂ = 0.999, ε = 1e-8; Kingma and Ba, arXiv 1412.6980, algorithm 2. */
  ADAMAX(0.001f, moments()) {
    @Override
    Op apply(Step step) {
      return step.tf.train.applyAdaMax(
          step.weight,
          step.slot("m"),
          step.slot("v"),
          step.powerOf("beta1"),
          step.rate,
          step.constant("beta1"),
          step.constant("beta2"),
          step.constant("epsilon"),
          step.gradient);
    }
  },
  /**
   * {@code s = ρ s + (1 − ρ) g²; a = μ a + η g / √(s + ε); w −= a}, decay ρ = 0.9, momentum μ = 0,
   * ε = 1e-7; Tieleman and Hinton (2012).
   */
  RMSPROP(
      0.001f,
      slot("square", 0),
      slot("momentum", 0),
      share("decay", 0.9),
      share("momentum", 0),
      small("epsilon", 1e-7)) {
    @Override
    Op apply(Step step) {
      return step.tf.train.applyRmsProp(
          step.weight,
          step.slot("square"),
          step.slot("momentum"),
          step.rate,
          step.constant("decay"),
          step.constant("momentum"),
          step.constant("epsilon"),
          step.gradient);
    }
  },
  /** {@code s += g², from 0.1; w −= η g / (√s + ε)}, ε = 1e-7; Duchi et al. (JMLR 2011). */
  ADAGRAD(0.01f, slot("sum", 0.1f), small("epsilon", 1e-7)) {
    @Override
    Op apply(Step step) {
      return step.tf.train.applyAdagradV2(
          step.weight, step.slot("sum"), step.rate, step.constant("epsilon"), step.gradient);
    }
  },
  /** Decay ρ = 0.95, ε = 1e-7; Zeiler, arXiv 1212.5701. */
  ADADELTA(1f, slot("square", 0), slot("update", 0), share("decay", 0.95), small("epsilon", 1e-7)) {
    @Override
    Op apply(Step step) {
      return step.tf.train.applyAdadelta(
          step.weight,
          step.slot("square"),
          step.slot("update"),
          step.rate,
          step.constant("decay"),
          step.constant("epsilon"),
          step.gradient);
    }
  };

  private final float defaultLearningRate;

  @SuppressWarnings("ImmutableEnumChecker") // Filled by the constructor alone.
  private final Map<String, Float> slots = new LinkedHashMap<>();

  @SuppressWarnings("ImmutableEnumChecker") // Filled by the constructor alone.
  private final Map<String, Constant> constants = new LinkedHashMap<>();

  UpdateRule(float defaultLearningRate, Part... parts) {
    this.defaultLearningRate = defaultLearningRate;
    for (Part part : parts) {
      if (part instanceof Slot slot) {
        slots.put(slot.name, slot.first);
      } else if (part instanceof Constant constant) {
        constants.put(constant.name, constant);
      }
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
   * The constants of the rule's formula.
   *
   * @return their defaults by name
   */
  public Map<String, Double> defaultConstants() {
    Map<String, Double> values = new LinkedHashMap<>();
    constants.forEach((name, constant) -> values.put(name, constant.value));
    return values;
  }

  /**
   * All constants of the rule.
   *
   * @param given some of them
   * @return those, and the defaults of the others, in the rule's order
   * @throws ConfigException if the rule has no such constant, or its value is out of range
   */
  Map<String, Double> complete(Map<String, Double> given) {
    Map<String, Double> values = defaultConstants();
    given.forEach(
        (name, value) -> {
          if (!constants.containsKey(name)) {
            throw new ConfigException(
                "optimizer",
                label() + " with the constant " + name,
                constants.isEmpty()
                    ? "none: it has no constants"
                    : String.join(", ", constants.keySet()));
          }
          values.put(name, constants.get(name).check(value));
        });
    return values;
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
      Map<String, Double> constants,
      Operand<TFloat32> rate,
      Operand<TFloat32> count) {

    Operand<TFloat32> slot(String name) {
      return slots.get(name);
    }

    Operand<TFloat32> constant(String name) {
      return tf.constant(value(name));
    }

    /** One minus a constant, rounded once. */
    Operand<TFloat32> complement(String name) {
      return tf.constant(1 - value(name));
    }

    /** A constant to the power of t. */
    Operand<TFloat32> powerOf(String name) {
      return tf.math.pow(constant(name), count);
    }

    private float value(String name) {
      return constants.get(name).floatValue();
    }
  }

  /** What a rule is made of beside its formula. */
  private sealed interface Part {}

  private record Slot(String name, float first) implements Part {}

  /** A constant with the numbers it may be: from {@code least} on, below {@code limit}. */
  private record Constant(String name, double value, double least, double limit) implements Part {

    double check(Double given) {
      if (given != null && given >= least && given < limit) {
        return given;
      }
      throw new ConfigException(
          name,
          given,
          limit == Double.POSITIVE_INFINITY
              ? "a number of " + least + " or more"
              : "a number from " + least + " on, below " + limit);
    }
  }

  private static Slot slot(String name, float first) {
    return new Slot(name, first);
  }

  /** What Adam and its kin are made of: both moments and what they are mixed with, and more. */
  private static Part[] moments(Part... more) {
    Stream<Part> own =
        Stream.of(
            slot("m", 0),
            slot("v", 0),
            share("beta1", 0.9),
            share("beta2", 0.999),
            small("epsilon", 1e-8));
    return Stream.concat(own, Stream.of(more)).toArray(Part[]::new);
  }

  /** A share of the past. */
  private static Constant share(String name, double value) {
    return new Constant(name, value, 0, 1);
  }

  /** What keeps a quotient finite; as a float32 it must not vanish. */
  private static Constant small(String name, double value) {
    return new Constant(name, value, 1e-30, Double.POSITIVE_INFINITY);
  }
}
