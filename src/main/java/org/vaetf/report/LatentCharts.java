package org.vaetf.report;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.vaetf.plot.Axes;
import org.vaetf.plot.BarChart;

/** How much a model uses each latent dimension. */
public final class LatentCharts {
  private static final int WIDTH = 600;
  private static final int HEIGHT = 400;

  private LatentCharts() {}

  /**
   * The mean KL of each dimension, sorted; active units in full colour.
   *
   * @param code with a KL
   * @return the picture
   * @throws org.vaetf.base.VaeException if this machine has no fonts
   */
  public static BufferedImage kl(LatentCode code) {
    List<Double> kl = code.klNats().orElseThrow();
    String title =
        String.format(
            Locale.ROOT,
            "KL by latent dimension: %.1f nats in all",
            kl.stream().mapToDouble(Double::doubleValue).sum());
    Axes axes = Axes.of(title, "latent dimension", "mean KL, nats").withSize(WIDTH, HEIGHT);
    return bars(code, kl, axes, OptionalDouble.empty()).draw();
  }

  /**
   * The variance of the posterior mean in each dimension on a logarithmic axis, sorted: Burda,
   * Grosse and Salakhutdinov, arXiv 1509.00519, section 4.
   *
   * @param code of rows
   * @return the picture
   * @throws org.vaetf.base.VaeException if this machine has no fonts
   */
  public static BufferedImage activeUnits(LatentCode code) {
    List<Double> variances = code.activeUnits().variances();
    String title =
        "Active units: " + code.activeUnits().count() + " of " + code.latent() + " dimensions";
    Axes axes =
        Axes.of(title, "latent dimension", "variance of the posterior mean")
            .withSize(WIDTH, HEIGHT);
    OptionalDouble threshold = OptionalDouble.of(code.activeUnits().threshold());
    return bars(code, variances, axes.withLogarithmicY(), threshold).draw();
  }

  /** Bars of the dimensions, that which is used most first. */
  static BarChart bars(LatentCode code, List<Double> values, Axes axes, OptionalDouble line) {
    List<Integer> order =
        Arrays.stream(code.order())
            .boxed()
            .sorted((a, b) -> Double.compare(values.get(b), values.get(a)))
            .toList();
    String threshold = String.valueOf(code.activeUnits().threshold());
    return new BarChart(
        axes,
        order.stream().map(String::valueOf).toList(),
        order.stream().map(values::get).toList(),
        order.stream().map(code.activeUnits()::isActive).toList(),
        "active: variance above " + threshold,
        "not active",
        line);
  }
}
