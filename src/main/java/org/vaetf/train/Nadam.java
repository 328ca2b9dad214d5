package org.vaetf.train;

import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The Nadam update, for which TensorFlow has no kernel: with {@code μ_t = β₁ (1 − 0.96^(0.004 t) /
 * 2)} and {@code P_t = Π μ_i}, {@code m̂ = μ_{t+1} m / (1 − P_t μ_{t+1}) + (1 − μ_t) g / (1 −
 * P_t)}, {@code w −= η m̂ / (√(v / (1 − β₂^t)) + ε)}.
 */
final class Nadam {
  private Nadam() {}

  static Op apply(UpdateRule.Step step) {
    Ops tf = step.tf();
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> now = momentum(step, step.count());
    Operand<TFloat32> next = momentum(step, tf.math.add(step.count(), one));

    Operand<TFloat32> schedule =
        tf.assign(step.slot("schedule"), tf.math.mul(step.slot("schedule"), now));
    Operand<TFloat32> m =
        tf.assign(step.slot("m"), mix(step, "beta1", step.slot("m"), step.gradient()));
    Operand<TFloat32> v =
        tf.assign(
            step.slot("v"), mix(step, "beta2", step.slot("v"), tf.math.square(step.gradient())));

    Operand<TFloat32> fromMomentum =
        tf.math.div(tf.math.mul(next, m), tf.math.sub(one, tf.math.mul(schedule, next)));
    Operand<TFloat32> fromGradient =
        tf.math.div(
            tf.math.mul(tf.math.sub(one, now), step.gradient()), tf.math.sub(one, schedule));
    Operand<TFloat32> variance = tf.math.div(v, tf.math.sub(one, step.powerOf("beta2")));
    Operand<TFloat32> direction =
        tf.math.div(
            tf.math.add(fromMomentum, fromGradient),
            tf.math.add(tf.math.sqrt(variance), step.constant("epsilon")));
    return tf.assignSub(step.weight(), tf.math.mul(step.rate(), direction));
  }

  private static Operand<TFloat32> momentum(UpdateRule.Step step, Operand<TFloat32> count) {
    Ops tf = step.tf();
    Operand<TFloat32> decay =
        tf.math.pow(tf.constant(0.96f), tf.math.mul(tf.constant(0.004f), count));
    return tf.math.mul(
        step.constant("beta1"),
        tf.math.sub(tf.constant(1f), tf.math.mul(tf.constant(0.5f), decay)));
  }

  private static Operand<TFloat32> mix(
      UpdateRule.Step step, String share, Operand<TFloat32> old, Operand<TFloat32> fresh) {
    Ops tf = step.tf();
    return tf.math.add(
        tf.math.mul(step.constant(share), old), tf.math.mul(step.complement(share), fresh));
  }
}
