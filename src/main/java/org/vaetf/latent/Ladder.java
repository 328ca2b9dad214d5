package org.vaetf.latent;

import java.util.ArrayList;
import java.util.List;
import org.vaetf.base.ConfigException;

/**
 * How the latent dimensions are shared out to the layers of a hierarchy: each layer has half of the
 * one below, as nearly as whole numbers go. With five layers, 124 dimensions become 64, 32, 16, 8
 * and 4, as in Sønderby et al.; with two, 150 become 100 and 50, as in Burda et al.
 */
final class Ladder {
  private Ladder() {}

  /**
   * The widths of the layers.
   *
   * @param latent dimensions in all
   * @param layers how many
   * @return from the lowest, which the decoder sees; each at least 1
   * @throws ConfigException if there are fewer dimensions than layers
   */
  static List<Integer> widths(int latent, int layers) {
    if (latent < layers) {
      throw new ConfigException(
          "latent", latent, "at least " + layers + ", one dimension for each layer of the ladder");
    }
    double whole = Math.scalb(1.0, layers) - 1;
    List<Integer> widths = new ArrayList<>();
    int left = latent;
    for (int above = layers - 1; above > 0; above--) {
      long wanted = Math.round(latent * Math.scalb(1.0, above) / whole);
      int width = (int) Math.max(1, Math.min(left - above, wanted));
      widths.add(width);
      left -= width;
    }
    widths.add(left);
    return widths;
  }
}
