package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.ConfigException;
import org.vaetf.flow.InverseAutoregressiveFlow;
import org.vaetf.flow.MaskedAutoregressiveFlow;
import org.vaetf.flow.PlanarFlow;
import org.vaetf.flow.RealNvp;
import org.vaetf.latent.Deterministic;
import org.vaetf.latent.DiagonalGaussian;
import org.vaetf.latent.FlowPosterior;
import org.vaetf.latent.FlowPrior;
import org.vaetf.latent.FullGaussian;
import org.vaetf.latent.LadderPosterior;
import org.vaetf.latent.LadderPrior;
import org.vaetf.latent.NormalMixturePrior;
import org.vaetf.latent.Posterior;
import org.vaetf.latent.Prior;
import org.vaetf.latent.StandardNormal;
import org.vaetf.latent.VampPrior;
import org.vaetf.likelihood.Bernoulli;
import org.vaetf.model.Adam;
import org.vaetf.model.Adversarial;
import org.vaetf.model.Capacity;
import org.vaetf.model.Dip;
import org.vaetf.model.Elbo;
import org.vaetf.model.Factor;
import org.vaetf.model.GradientEstimator;
import org.vaetf.model.ImportanceWeighted;
import org.vaetf.model.Mmd;
import org.vaetf.model.ModelConfig;
import org.vaetf.model.Objective;
import org.vaetf.model.PartiallyImportanceWeighted;
import org.vaetf.model.Reconstruction;
import org.vaetf.model.Regularized;
import org.vaetf.model.Renyi;
import org.vaetf.model.TotalCorrelation;
import org.vaetf.model.Unconditional;
import org.vaetf.model.VaeGraph;
import org.vaetf.network.DenseNetwork;
import org.vaetf.nn.Activation;
import org.vaetf.nn.LayerScope;
import org.vaetf.nn.Weights;
import org.vaetf.testing.TinyModel;

/**
 * Values of two axes, the third at its first value: either they refuse each other in one line, or
 * every weight has a gradient and the export finds every weight it asks for.
 */
class AxesTest {
  private static final int LATENT = 3;

  private static final List<Posterior> POSTERIORS =
      List.of(
          new DiagonalGaussian(),
          new Deterministic(),
          new FullGaussian(),
          new FlowPosterior(new PlanarFlow(1)),
          new FlowPosterior(new InverseAutoregressiveFlow(2, List.of(3), 0)),
          new FlowPosterior(new RealNvp(1, List.of(3))),
          new LadderPosterior(2, 3));

  private static final List<Prior> PRIORS =
      List.of(
          new StandardNormal(),
          new NormalMixturePrior(2),
          new VampPrior(3, VampPrior.Source.LEARNED),
          new VampPrior(3, VampPrior.Source.DATA),
          new FlowPrior(new RealNvp(1, List.of(3))),
          new FlowPrior(new MaskedAutoregressiveFlow(2, List.of(3), 0)),
          new LadderPrior(2, 3));

  private static final ImportanceWeighted WEIGHTED = ImportanceWeighted.defaults().withDraws(2);

  private static final List<Objective> OBJECTIVES =
      List.of(
          new Elbo(1, 0, 0, 1),
          new Elbo(1, 0, 0.1, 2),
          new Reconstruction(),
          WEIGHTED.withGroups(2).withElboWeight(0.5),
          WEIGHTED.withEstimator(GradientEstimator.STICKING_THE_LANDING),
          WEIGHTED.withEstimator(GradientEstimator.DOUBLY_REPARAMETERIZED),
          new PartiallyImportanceWeighted(2, 2, 0),
          Renyi.defaults(),
          Capacity.defaults(),
          TotalCorrelation.defaults(),
          new Factor(3, List.of(3), new Adam(1e-3, 0.5, 0.9)),
          Dip.defaults(),
          Mmd.defaults(),
          Mmd.defaults().withWeights(1, 10),
          new Adversarial(2, List.of(3), new Adam(1e-3, 0.5, 0.9)),
          Regularized.defaults(),
          new Regularized(0.5, 0.5, Regularized.Regularizer.GRADIENT));

  private record Point(Posterior posterior, Prior prior, Objective objective) {
    ModelConfig model() {
      return new ModelConfig(
          new DenseNetwork(List.of(3), Activation.TANH),
          LATENT,
          posterior,
          prior,
          new Bernoulli(),
          objective,
          new Unconditional());
    }
  }

  private static Stream<Point> points() {
    Set<Point> points = new LinkedHashSet<>();
    for (Posterior posterior : POSTERIORS) {
      PRIORS.forEach(prior -> points.add(new Point(posterior, prior, OBJECTIVES.get(0))));
    }
    for (Objective objective : OBJECTIVES) {
      PRIORS.forEach(prior -> points.add(new Point(POSTERIORS.get(0), prior, objective)));
      POSTERIORS.forEach(posterior -> points.add(new Point(posterior, PRIORS.get(0), objective)));
    }
    points.add(new Point(new Deterministic(), PRIORS.get(4), Mmd.defaults().withWeights(1, 10)));
    points.add(new Point(new LadderPosterior(2, 3), new LadderPrior(2, 3), new Reconstruction()));
    points.add(new Point(new LadderPosterior(2, 3), new LadderPrior(2, 3), WEIGHTED));
    return points.stream();
  }

  static Stream<Point> accepted() {
    return points().filter(point -> refusal(point).isEmpty());
  }

  static Stream<Point> refused() {
    return points().filter(point -> !refusal(point).isEmpty());
  }

  /** Empty for a point that is none. */
  private static String refusal(Point point) {
    try {
      point.model();
      return "";
    } catch (ConfigException e) {
      return e.getMessage();
    }
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void whatIsAcceptedCanBeLearnedAndExported(Point point) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Weights weights =
          Weights.from(
              (ops, name, shape, first) ->
                  ops.placeholder(TFloat32.class, Placeholder.shape(shape)));
      VaeGraph vae = new VaeGraph(point.model(), TinyModel.IMAGE, new LayerScope(tf, weights, ""));
      Operand<TFloat32> x =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 3, 5, 2)));
      Objective.Step step =
          new Objective.Step(x, tf.constant(new long[2]), tf.constant(1f), LossGraph.TRAINING_ROWS);
      Operand<TFloat32> loss = point.objective.terms(vae, step).get(Objective.LOSS);
      Set<String> learned = weights.learned().keySet();
      assertEquals(learned, Gradients.of(tf, loss, weights.learned()).keySet());

      Set<String> trained = Set.copyOf(weights.all().keySet());
      exported(vae, x);
      Set<String> asked = new LinkedHashSet<>(weights.all().keySet());
      asked.removeAll(trained);
      assertEquals(Set.of(), asked, "weights of the export that training does not know");
    }
  }

  /** Everything of a model that the export has. */
  private static void exported(VaeGraph vae, Operand<TFloat32> x) {
    Ops tf = vae.scope().tf();
    VaeGraph.Inference inference = vae.infer(x, tf.constant(new long[2]));
    vae.likelihood(inference.posterior().mean()).mean();
    inference.prior().logDensity(inference.draw().z());
    vae.drawPrior(inference.prior(), tf.constant(2), tf.constant(new long[2]));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatIsRefusedIsRefusedInOneLine(Point point) {
    String refusal = refusal(point);
    assertEquals(1, refusal.lines().count(), refusal);
    assertTrue(refusal.contains("; expected "), refusal);
  }
}
