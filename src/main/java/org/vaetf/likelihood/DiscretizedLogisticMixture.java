package org.vaetf.likelihood;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.Check;
import org.vaetf.base.RowShape;
import org.vaetf.nn.LayerScope;

/**
 * Independent pixels of 256 levels, each a mixture of discretized logistic distributions: {@code
 * p(x|z) = Σ_k π_k Π_c p(x_c; μ_kc, s_kc)}, the weights shared by the channels c of a pixel. Of
 * three channels the second and third depend on those before them linearly, {@code μ_2 + α x_1} and
 * {@code μ_3 + β x_1 + γ x_2}, each component with its own α, β and γ: Salimans et al.,
 * "PixelCNN++", arXiv 1701.05517, sections 2.1 and 2.2. Rows that are no images have a mixture for
 * each value.
 *
 * <p>The decoder gives for each pixel, K numbers at a time: logits of π, then μ of each channel,
 * log s of each channel, and of three channels what α, β and γ are the hyperbolic tangents of.
 * Log-scales are bounded softly as those of {@link DiscretizedLogistic}.
 *
 * @param components K, at least 1
 */
public record DiscretizedLogisticMixture(int components) implements Likelihood {

  /**
   * Checks the number.
   *
   * @param components K, at least 1
   * @throws org.vaetf.base.ConfigException if it is below 1
   */
  public DiscretizedLogisticMixture {
    Check.atLeast("components of the discretized logistic mixture", components, 1);
  }

  /**
   * Five components, which PixelCNN++ found to be enough.
   *
   * @return the defaults
   */
  public static DiscretizedLogisticMixture defaults() {
    return new DiscretizedLogisticMixture(5);
  }

  @Override
  public RowShape parameters(RowShape x) {
    int perPixel = components * PixelMixture.Layout.of(x).parameters();
    return x.rank() == 3
        ? RowShape.image(x.dimensions().get(0), x.dimensions().get(1), perPixel)
        : x.timesChannels(perPixel);
  }

  @Override
  public Conditional given(LayerScope scope, Operand<TFloat32> parameters, RowShape shape) {
    return PixelMixture.of(scope.tf(), parameters, shape, components);
  }

  @Override
  public boolean isDiscrete() {
    return true;
  }

  @Override
  public void requireSupport(float[] values) {
    Support.requireLevels(values, DiscretizedLogistic.LEVELS, "discretized logistic mixture");
  }
}
