package org.vaetf.nn;

import static org.vaetf.testing.Near.assertNear;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.types.TFloat32;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.PlainActivation;
import org.vaetf.tf.Array;

/** Each activation and its gradient against the formula. */
class ActivationTest {
  private static final float[] X = {-20, -3.5f, -1, -0.3f, -0.01f, 0.01f, 0.2f, 1, 2.5f, 20};

  @ParameterizedTest
  @EnumSource(Activation.class)
  void valuesAndGradients(Activation activation) {
    List<Array> found =
        Evaluate.all(
            tf -> {
              Operand<TFloat32> x = tf.constant(X);
              Operand<TFloat32> y = activation.apply(tf, x);
              Output<?>[] gradient =
                  ((Graph) tf.scope().env())
                      .addGradients(y.asOutput(), new Output<?>[] {x.asOutput()});
              return List.of(y, gradient[0].expect(TFloat32.class));
            });
    double[] values = new double[X.length];
    double[] slopes = new double[X.length];
    double step = 1e-5;
    for (int i = 0; i < X.length; i++) {
      values[i] = PlainActivation.value(activation, X[i]);
      slopes[i] =
          (PlainActivation.value(activation, X[i] + step)
                  - PlainActivation.value(activation, X[i] - step))
              / (2 * step);
    }
    assertNear(values, found.get(0).values(), 2e-6, activation.label());
    assertNear(slopes, found.get(1).values(), 1e-5, activation.label() + "'");
  }
}
