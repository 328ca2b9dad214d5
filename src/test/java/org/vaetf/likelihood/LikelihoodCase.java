package org.vaetf.likelihood;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.vaetf.base.RowShape;

/**
 * A likelihood and rows of its support.
 *
 * @param name says which
 * @param likelihood the point on the axis
 * @param shape of a row
 * @param values what a value of x is made of a number from 0 to 1
 */
record LikelihoodCase(String name, Likelihood likelihood, RowShape shape, Values values) {
  private static final RowShape FLAT = RowShape.of(5);
  private static final RowShape GREY = RowShape.image(2, 3, 1);
  private static final RowShape COLOUR = RowShape.image(2, 2, 3);

  /** Makes values of a support. */
  interface Values {
    /** One of it. */
    float of(double share);
  }

  /** Every family, with spreads from everywhere, on rows of several shapes. */
  static Stream<LikelihoodCase> all() {
    Values unit = share -> (float) share;
    Values reals = share -> (float) (6 * share - 3);
    Values bytes = share -> Math.round(Math.max(0, Math.min(1, 1.4 * share - 0.2)) * 255) / 255f;
    Values counts = share -> (float) Math.floor(20 * share * share);
    Stream<LikelihoodCase> without =
        Stream.of(
            of("bernoulli", new Bernoulli(), COLOUR, unit),
            of("continuous-bernoulli", new ContinuousBernoulli(), COLOUR, unit),
            of("continuous-bernoulli", new ContinuousBernoulli(), RowShape.of(), unit),
            of("poisson", new Poisson(), FLAT, counts),
            of("poisson", new Poisson(), RowShape.of(), counts),
            of("categorical", new Categorical(2), FLAT, share -> Math.round(share)),
            of("categorical", new Categorical(7), COLOUR, share -> Math.round(share * 6) / 6f),
            of("categorical", new Categorical(256), GREY, bytes),
            of(
                "categorical",
                new Categorical(4),
                RowShape.of(),
                share -> Math.round(share * 3) / 3f),
            of("mixture", new DiscretizedLogisticMixture(1), GREY, bytes),
            of("mixture", new DiscretizedLogisticMixture(3), GREY, bytes),
            of("mixture", new DiscretizedLogisticMixture(4), COLOUR, bytes),
            of("mixture", new DiscretizedLogisticMixture(2), RowShape.image(1, 3, 2), bytes),
            of("mixture", new DiscretizedLogisticMixture(3), FLAT, bytes),
            of("mixture", new DiscretizedLogisticMixture(3), RowShape.of(), bytes));
    Stream<LikelihoodCase> with =
        Stream.of(Spread.values())
            .flatMap(
                from ->
                    Stream.of(COLOUR, FLAT, RowShape.of())
                        .flatMap(
                            shape ->
                                Stream.of(
                                    of("gaussian", new Gaussian(from, 0.5), shape, reals),
                                    of("laplace", new Laplace(from, 0.5), shape, reals),
                                    of("student-t", new StudentT(2.5, from, 0.5), shape, reals),
                                    of(
                                        "logistic",
                                        new DiscretizedLogistic(from, 0.2),
                                        shape,
                                        bytes),
                                    of(
                                        "negative-binomial",
                                        new NegativeBinomial(from, 0.7),
                                        shape,
                                        counts))));
    return Stream.concat(without, with);
  }

  private static LikelihoodCase of(
      String name, Likelihood likelihood, RowShape shape, Values values) {
    return new LikelihoodCase(name + " " + likelihood + " on " + shape, likelihood, shape, values);
  }

  /** Rows of the support. */
  float[] data(int rows, SplittableRandom random) {
    float[] data = new float[rows * shape.size()];
    for (int i = 0; i < data.length; i++) {
      data[i] = values.of(random.nextDouble());
    }
    return data;
  }

  @Override
  public String toString() {
    return name;
  }
}
