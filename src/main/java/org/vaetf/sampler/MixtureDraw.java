package org.vaetf.sampler;

import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.vaetf.density.Components;
import org.vaetf.model.LatentSampler;
import org.vaetf.model.VaeGraph;
import org.vaetf.nn.Columns;
import org.vaetf.nn.Initializer;
import org.vaetf.nn.LayerScope;
import org.vaetf.tf.Array;
import org.vaetf.tf.WhileLoop;

/**
 * Draws of a {@link FullMixture}: a component by the last column of noise, and {@code z = μ_k + L_k
 * ε}. A loop goes through the components and keeps the rows that are each one's: a matrix for each
 * row would take more memory than all else in the model.
 *
 * @param components how many
 */
record MixtureDraw(int components) implements LatentSampler {
  private static final String LOGITS = "logits";
  private static final String MEANS = "means";
  private static final String FACTORS = "factors";
  private static final String CHOSEN = "chosen";
  private static final String NOISE = "noise";
  private static final String Z = "z";

  @Override
  public int noise(int latent) {
    return latent + 1;
  }

  /** The mixture in single precision, by the names of weights. */
  static Map<String, Array> weights(FullMixture mixture) {
    int components = mixture.components();
    int latent = mixture.latent();
    float[] logits = new float[components];
    float[] means = new float[components * latent];
    float[] factors = new float[components * latent * latent];
    for (int k = 0; k < components; k++) {
      logits[k] = (float) Math.log(mixture.weights().get(k));
      fill(means, k, mixture.means().get(k));
      fill(factors, k, mixture.factors().get(k));
    }
    return Map.of(
        PATH + "." + LOGITS, new Array(new long[] {components}, logits),
        PATH + "." + MEANS, new Array(new long[] {components, latent}, means),
        PATH + "." + FACTORS, new Array(new long[] {components, latent, latent}, factors));
  }

  private static void fill(float[] into, int k, double[] values) {
    for (int i = 0; i < values.length; i++) {
      into[k * values.length + i] = (float) values[i];
    }
  }

  @Override
  public Operand<TFloat32> draw(VaeGraph vae, Operand<TFloat32> noise) {
    Ops tf = vae.scope().tf();
    int latent = vae.config().latent();
    LayerScope own = vae.scope().child(PATH);
    Initializer first = Initializer.zeros();
    List<Operand<TFloat32>> parts = Columns.widths(tf, noise, latent, 1);
    Operand<TFloat32> logWeights =
        Components.logWeights(tf, own.weight(LOGITS, Shape.of(components), first));
    Operand<TInt32> chosen =
        tf.expandDims(Components.chosen(tf, logWeights, parts.get(1)), tf.constant(1));
    Map<String, Operand<?>> constants =
        Map.of(
            CHOSEN, chosen,
            NOISE, parts.get(0),
            MEANS, own.weight(MEANS, Shape.of(components, latent), first),
            FACTORS, own.weight(FACTORS, Shape.of(components, latent, latent), first));
    Map<String, Operand<?>> end =
        WhileLoop.build(
            tf,
            tf.constant(components),
            Map.of(Z, tf.zerosLike(parts.get(0))),
            constants,
            MixtureDraw::component);
    return tf.reshape(floats(end, Z), tf.constant(new int[] {-1, latent}));
  }

  /** The rows of one component, drawn; others as they are. */
  private static Map<String, Operand<?>> component(
      Ops tf, Operand<TInt32> k, Map<String, Operand<?>> given) {
    Operand<TFloat32> mean = tf.gather(floats(given, MEANS), k, tf.constant(0));
    Operand<TFloat32> factor = tf.gather(floats(given, FACTORS), k, tf.constant(0));
    Operand<TFloat32> drawn =
        tf.math.add(tf.linalg.matMul(floats(given, NOISE), factor, MatMul.transposeB(true)), mean);
    Operand<TBool> own = tf.math.equal(given.get(CHOSEN).asOutput().expect(TInt32.class), k);
    return Map.of(Z, tf.select(own, drawn, floats(given, Z)));
  }

  private static Operand<TFloat32> floats(Map<String, Operand<?>> given, String name) {
    return given.get(name).asOutput().expect(TFloat32.class);
  }
}
