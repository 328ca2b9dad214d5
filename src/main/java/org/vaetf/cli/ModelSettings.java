package org.vaetf.cli;

import java.util.List;
import org.vaetf.likelihood.Bernoulli;
import org.vaetf.likelihood.Gaussian;
import org.vaetf.likelihood.Likelihood;
import org.vaetf.likelihood.Spread;
import org.vaetf.model.Elbo;
import org.vaetf.model.ModelConfig;
import org.vaetf.model.Objective;
import org.vaetf.network.ConvolutionalNetwork;
import org.vaetf.network.DenseNetwork;
import org.vaetf.network.LinearNetwork;
import org.vaetf.network.Network;
import org.vaetf.nn.Activation;

/** The options that move a model on its axes. */
final class ModelSettings {
  static final List<CliOption> OPTIONS =
      List.of(
          CliOption.LATENT,
          CliOption.NETWORK,
          CliOption.HIDDEN,
          CliOption.CONVOLUTIONS,
          CliOption.ACTIVATION,
          CliOption.LIKELIHOOD,
          CliOption.VARIANCE,
          CliOption.VARIANCE_VALUE,
          CliOption.BETA,
          CliOption.KL_WARM_UP,
          CliOption.FREE_BITS);

  private static final String LINEAR = "linear";
  private static final String DENSE = "dense";
  private static final String CONVOLUTIONAL = "convolutional";
  private static final String BERNOULLI = "bernoulli";
  private static final String GAUSSIAN = "gaussian";

  private final Arguments arguments;

  private ModelSettings(Arguments arguments) {
    this.arguments = arguments;
  }

  /** A model with the options' values in place of its own. */
  static ModelConfig apply(ModelConfig base, Arguments arguments) {
    ModelSettings settings = new ModelSettings(arguments);
    return base.withLatent(arguments.whole(CliOption.LATENT).orElse(base.latent()))
        .withNetwork(settings.network(base.network()))
        .withLikelihood(settings.likelihood(base.likelihood()))
        .withObjective(settings.objective(base.objective()));
  }

  private Network network(Network base) {
    String kind =
        arguments
            .word(CliOption.NETWORK, List.of(LINEAR, DENSE, CONVOLUTIONAL))
            .orElse(kindOf(base));
    return switch (kind) {
      case LINEAR -> {
        refuse(CliOption.HIDDEN, "a linear network has no hidden layers");
        refuse(CliOption.ACTIVATION, "a linear network has no activation");
        refuse(CliOption.CONVOLUTIONS, "a linear network has none; use --network convolutional");
        yield new LinearNetwork();
      }
      case DENSE -> {
        refuse(CliOption.CONVOLUTIONS, "a dense network has none; use --network convolutional");
        List<Integer> own =
            base instanceof DenseNetwork dense ? dense.hidden() : DenseNetwork.defaults().hidden();
        yield new DenseNetwork(arguments.wholes(CliOption.HIDDEN).orElse(own), activation(base));
      }
      case CONVOLUTIONAL -> {
        ConvolutionalNetwork own =
            base instanceof ConvolutionalNetwork network
                ? network
                : ConvolutionalNetwork.defaults();
        yield new ConvolutionalNetwork(
            arguments.wholes(CliOption.CONVOLUTIONS).orElse(own.channels()),
            arguments.wholes(CliOption.HIDDEN).map(ModelSettings::single).orElse(own.hidden()),
            activation(base));
      }
      default -> {
        for (CliOption option :
            List.of(CliOption.HIDDEN, CliOption.ACTIVATION, CliOption.CONVOLUTIONS)) {
          refuse(option, "the network of --config is of another kind; give --network too");
        }
        yield base;
      }
    };
  }

  private static String kindOf(Network network) {
    if (network instanceof LinearNetwork) {
      return LINEAR;
    }
    if (network instanceof DenseNetwork) {
      return DENSE;
    }
    return network instanceof ConvolutionalNetwork ? CONVOLUTIONAL : "";
  }

  private Activation activation(Network base) {
    Activation own =
        base instanceof DenseNetwork dense
            ? dense.activation()
            : base instanceof ConvolutionalNetwork network
                ? network.activation()
                : DenseNetwork.defaults().activation();
    return arguments.choice(CliOption.ACTIVATION, Activation.class).orElse(own);
  }

  private static int single(List<Integer> hidden) {
    if (hidden.size() != 1) {
      throw UsageException.value(
          CliOption.HIDDEN,
          hidden,
          "one width: a convolutional network has one dense layer, between its convolutions and"
              + " the latent space");
    }
    return hidden.get(0);
  }

  private Likelihood likelihood(Likelihood base) {
    String kind =
        arguments
            .word(CliOption.LIKELIHOOD, List.of(BERNOULLI, GAUSSIAN))
            .orElse(base instanceof Gaussian ? GAUSSIAN : BERNOULLI);
    if (kind.equals(BERNOULLI)) {
      refuse(
          CliOption.VARIANCE, "a Bernoulli has no variance of its own; use --likelihood gaussian");
      refuse(
          CliOption.VARIANCE_VALUE,
          "a Bernoulli has no variance of its own; use --likelihood gaussian");
      return new Bernoulli();
    }
    Gaussian own = base instanceof Gaussian gaussian ? gaussian : Gaussian.unit();
    Spread variance = arguments.choice(CliOption.VARIANCE, Spread.class).orElse(own.variance());
    if (variance == Spread.PER_PIXEL) {
      refuse(CliOption.VARIANCE_VALUE, "the decoder gives the variance of each pixel");
    }
    return new Gaussian(variance, arguments.number(CliOption.VARIANCE_VALUE).orElse(own.value()));
  }

  private Objective objective(Objective base) {
    if (base instanceof Elbo elbo) {
      return elbo.withBeta(arguments.number(CliOption.BETA).orElse(elbo.beta()))
          .withWarmUpEpochs(arguments.number(CliOption.KL_WARM_UP).orElse(elbo.warmUpEpochs()))
          .withFreeBits(arguments.number(CliOption.FREE_BITS).orElse(elbo.freeBits()));
    }
    for (CliOption option : List.of(CliOption.BETA, CliOption.KL_WARM_UP, CliOption.FREE_BITS)) {
      refuse(option, "this model minimises the reconstruction error alone, without a divergence");
    }
    return base;
  }

  private void refuse(CliOption option, String why) {
    if (arguments.has(option)) {
      throw UsageException.inapplicable(option, why);
    }
  }
}
