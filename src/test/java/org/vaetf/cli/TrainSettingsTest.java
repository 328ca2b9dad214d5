package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaetf.data.DataRequest;
import org.vaetf.data.ReadOptions;
import org.vaetf.data.Scaling;
import org.vaetf.latent.Deterministic;
import org.vaetf.latent.StandardNormal;
import org.vaetf.likelihood.Bernoulli;
import org.vaetf.likelihood.Gaussian;
import org.vaetf.likelihood.Spread;
import org.vaetf.model.Elbo;
import org.vaetf.model.ModelConfig;
import org.vaetf.model.Presets;
import org.vaetf.network.ConvolutionalNetwork;
import org.vaetf.network.DenseNetwork;
import org.vaetf.network.LinearNetwork;
import org.vaetf.nn.Activation;
import org.vaetf.nn.FirstKernels;
import org.vaetf.nn.Precision;
import org.vaetf.testing.OneLine;
import org.vaetf.train.DataConfig;
import org.vaetf.train.OptimizerConfig;
import org.vaetf.train.Schedule;
import org.vaetf.train.TrainingConfig;
import org.vaetf.train.UpdateRule;

/** Options onto configurations. */
class TrainSettingsTest {

  private static Arguments arguments(String words) {
    List<String> list = words.isEmpty() ? List.of() : List.of(words.split(" ", -1));
    return Arguments.parse(new TrainCommand(), list);
  }

  private static ModelConfig model(String preset, String words) {
    return ModelSettings.apply(Presets.of(preset).model(), arguments(words));
  }

  private static TrainingConfig fit(TrainingConfig base, String words) {
    return FitSettings.apply(base, arguments(words));
  }

  private static Schedule schedule(String words) {
    return fit(TrainingConfig.defaults(), words).schedule();
  }

  @Test
  void precisionIsOfTheTraining() {
    TrainingConfig half = fit(TrainingConfig.defaults(), "--precision bfloat16");
    assertEquals(TrainingConfig.defaults().withPrecision(Precision.BFLOAT16), half);
    assertEquals(TrainingConfig.defaults(), fit(half, "--precision float32"));
    assertEquals(half, fit(half, ""));
  }

  @Test
  void firstKernelsAreOfTheTraining() {
    TrainingConfig wide = fit(TrainingConfig.defaults(), "--first-kernels glorot");
    assertEquals(TrainingConfig.defaults().withFirstKernels(FirstKernels.GLOROT), wide);
    assertEquals(wide, fit(wide, ""));
  }

  @Test
  void nothingSaidChangesNothing() {
    for (Presets.Preset preset : Presets.all()) {
      assertEquals(preset.model(), model(preset.name(), ""));
    }
    assertEquals(TrainingConfig.defaults(), fit(TrainingConfig.defaults(), ""));
    assertEquals(DataConfig.defaults(), DataSettings.apply(DataConfig.defaults(), arguments("")));
  }

  @Test
  void networks() {
    assertEquals(
        new DenseNetwork(List.of(300, 20), Activation.TANH),
        model("vae", "--hidden 300,20 --activation tanh").network());
    assertEquals(new LinearNetwork(), model("ae", "--network linear").network());
    assertEquals(
        new ConvolutionalNetwork(List.of(32, 64), 256, Activation.SWISH),
        model("vae", "--network convolutional").network());
    assertEquals(
        new ConvolutionalNetwork(List.of(8, 16, 32), 99, Activation.ELU),
        model("vae", "--network convolutional --convolutions 8,16,32 --hidden 99 --activation elu")
            .network());
  }

  @Test
  void likelihoodsAndObjectives() {
    assertEquals(new Bernoulli(), model("ae", "--likelihood bernoulli").likelihood());
    assertEquals(Gaussian.defaults(), model("vae", "--likelihood gaussian").likelihood());
    assertEquals(
        new Gaussian(Spread.LEARNED, 0.1),
        model("ae", "--variance learned --variance-value 0.1").likelihood());
    assertEquals(
        Elbo.defaults().withBeta(2).withWarmUpEpochs(5).withFreeBits(0.25),
        model("beta-vae", "--beta 2 --kl-warm-up 5 --free-bits 0.25").objective());
    assertEquals(
        Elbo.defaults().withBeta(4).withWarmUpEpochs(5),
        model("beta-vae", "--kl-warm-up 5").objective());
  }

  @Test
  void anotherOptimizerBringsItsOwnRateAndDecay() {
    TrainingConfig adamw = fit(TrainingConfig.defaults(), "--optimizer adamw --clip-norm 5");
    assertEquals(OptimizerConfig.of(UpdateRule.ADAMW).withClipNorm(5), adamw.optimizer());
    assertEquals(
        OptimizerConfig.of(UpdateRule.ADAMW).withClipNorm(5).withLearningRate(0.1),
        fit(adamw, "--optimizer adamw --learning-rate 0.1").optimizer());
    assertEquals(
        OptimizerConfig.of(UpdateRule.SGD).withClipNorm(5).withWeightDecay(0.2).withClipValue(3),
        fit(adamw, "--optimizer sgd --weight-decay 0.2 --clip-value 3").optimizer());
  }

  @Test
  void constantsOfAnOptimizer() {
    TrainingConfig given =
        fit(TrainingConfig.defaults(), "--optimizer adam:beta1=0.5,epsilon=1e-4");
    OptimizerConfig expected =
        OptimizerConfig.defaults().withConstant("beta1", 0.5).withConstant("epsilon", 1e-4);
    assertEquals(expected, given.optimizer());
    assertEquals(Map.of("beta1", 0.5, "beta2", 0.999, "epsilon", 1e-4), expected.constants());
    assertEquals(
        expected.withConstant("beta2", 0.9),
        fit(given, "--optimizer adam:beta2=0.9").optimizer(),
        "the others stay");
    assertEquals(expected, fit(given, "--batch 3").optimizer());
    assertEquals(
        OptimizerConfig.of(UpdateRule.ADAMAX), fit(given, "--optimizer adamax").optimizer());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          adam:epsilon          | ; expected NAME or NAME:KEY=X,…
          adam:epsilon=little   | --optimizer epsilon is
          adam:beta1=1          | --optimizer beta1 is 1; expected a number from 0.0 on, below 1.0
          adam:epsilon=0        | --optimizer epsilon is 0; expected a number of 1.0E-30 or more
          adam:momentum=0.9     | adam with the constant momentum; expected beta1, beta2, epsilon
          sgd:momentum=0.9      | sgd with the constant momentum; expected none
          adama:beta1=0.5       | ; expected one of: sgd, momentum
          """)
  void wrongConstants(String optimizer, String message) {
    UsageException refused =
        assertThrows(
            UsageException.class, () -> fit(TrainingConfig.defaults(), "--optimizer " + optimizer));
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
    assertTrue(refused.getMessage().contains("--optimizer"), refused.getMessage());
  }

  @Test
  void schedules() {
    assertEquals(
        new Schedule.Exponential(0.9), schedule("--schedule exponential --schedule-decay 0.9"));
    assertEquals(new Schedule.Cosine(0.1), schedule("--schedule cosine --schedule-minimum 0.1"));
    assertEquals(new Schedule.Linear(0, 0), schedule("--schedule linear"));
    assertEquals(
        new Schedule.Linear(0.8, 0.1),
        schedule("--schedule linear --schedule-hold 0.8 --schedule-minimum 0.1"));
    assertEquals(new Schedule.Steps(3, 0.5), schedule("--schedule step --schedule-every 3"));
    assertEquals(
        new Schedule.WarmUp(2, new Schedule.Plateau(0.5, 7)),
        schedule("--schedule plateau --schedule-patience 7 --warm-up 2"));
    TrainingConfig held = TrainingConfig.defaults().withSchedule(new Schedule.Linear(0.8, 0.1));
    assertEquals(new Schedule.Linear(0.9, 0.1), fit(held, "--schedule-hold 0.9").schedule());
    TrainingConfig warm =
        TrainingConfig.defaults().withSchedule(new Schedule.WarmUp(2, new Schedule.Cosine(0)));
    assertEquals(new Schedule.Cosine(0), fit(warm, "--warm-up 0").schedule());
    assertEquals(
        new Schedule.WarmUp(2, new Schedule.Cosine(0.5)),
        fit(warm, "--schedule-minimum 0.5").schedule());
  }

  @Test
  void training() {
    TrainingConfig all =
        fit(
            TrainingConfig.defaults(),
            "--epochs 7 --batch 9 --patience 3 --metric kl --keep-checkpoints 4 --seed -5");
    assertEquals(
        TrainingConfig.defaults()
            .withEpochs(7)
            .withBatch(9)
            .withPatience(3)
            .withMetric("kl")
            .withKeepCheckpoints(4)
            .withSeed(-5),
        all);
  }

  @Test
  void data() {
    DataConfig data =
        DataSettings.apply(
            DataConfig.defaults(),
            arguments(
                "--data a.csv --test b.csv --test-fraction 0.3 --label-column y --header absent"
                    + " --resize 8x9 --channels 3 --scaling standardize"));
    assertEquals(
        new DataRequest(
            "a.csv", "b.csv", 0.3, new ReadOptions("y", ReadOptions.Header.ABSENT, 8, 9, 3)),
        data.rows());
    assertEquals(Scaling.Kind.STANDARDIZE, data.scaling());
  }

  @Test
  void anyKeyOfTheModelCanBeSet() {
    assertEquals(
        ModelConfig.defaults()
            .withLatent(3)
            .withNetwork(new DenseNetwork(List.of(400, 200), Activation.LEAKY_RELU))
            .withLikelihood(new Gaussian(Spread.LEARNED, 0.5))
            .withObjective(Elbo.defaults().withBeta(4)),
        model(
            "vae",
            "--set likelihood.value=0.5 --set latent=3 --set network.hidden=400,200"
                + " --set network.activation=leaky-relu --set likelihood.kind=gaussian"
                + " --set likelihood.variance=learned --set=objective.beta=4"));
  }

  @Test
  void aKindBringsItsDefaultsUnlessTheModelHasItAlready() {
    assertEquals(Elbo.defaults().withBeta(4), model("beta-vae", "--objective elbo").objective());
    assertEquals(
        Elbo.defaults(), model("ae", "--posterior diagonal-gaussian --objective elbo").objective());
    assertEquals(
        Elbo.defaults().withBeta(2),
        model("ae", "--beta 2 --posterior diagonal-gaussian --objective elbo").objective());
    assertEquals(
        new Deterministic(),
        model("vae", "--posterior deterministic --objective reconstruction").posterior());
    assertEquals(new StandardNormal(), model("ae", "--prior standard-normal").prior());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          vae | --variance learned | --variance does not apply: the likelihood bernoulli has no variance; it has no settings; use --likelihood …
          ae | --beta 2 | --beta does not apply: the objective reconstruction has no beta; it has no settings; use --objective …
          ae | --network linear --hidden 5 | --hidden does not apply: the network linear has no hidden; it has no settings; use --network …
          vae | --convolutions 8 | --convolutions does not apply: the network dense has no channels; it has the keys hidden, activation…
          vae | --network convolutional --hidden 5,6 | --hidden is '5,6'; expected a whole number
          vae | --set objective.bete=4 | --set objective.bete does not apply: the objective elbo has no bete; it has the keys beta, …
          vae | --set objectiv.beta=4 | --set objectiv.beta does not apply: a model has no objectiv; it has the keys network, latent, …
          vae | --set objective=elbo | --set objective does not apply: objective is no single value; set one of: objective.kind, objective.beta, …
          vae | --set latent.size=2 | --set latent.size does not apply: latent is a single value without keys
          vae | --set objective.beta | --set is 'objective.beta'; expected KEY=VALUE, as in objective.beta=4; 'models --axes' lists the keys
          vae | --set =4 | --set is '=4'; expected KEY=VALUE, as in objective.beta=4; 'models --axes' lists the keys
          vae | --beta 2 --set objective.beta=3 | --beta and --set objective.beta set the same key; expected one of them
          vae | --set prior.kind=custom | --set prior.kind is 'custom'; expected one of: standard-normal…
          vae | --network custom | --network is 'custom'; expected one of: linear, dense, …
          vae | --set network.hidden=5,,6 | --set network.hidden is ''; expected a whole number
          vae | --free-bits 2 --set objective.beta=-1 | --set objective.beta is -1; expected 0 or a number above 0
          vae | --beta 2 --free-bits -0.5e0 | --free-bits is -0.5; expected 0 or a number above 0
          vae | --hidden 5,0,7 --activation elu | --hidden is 0; expected a whole number, 1 or more
          vae | --network convolutional --convolutions 8,-1 --hidden 3 | --convolutions is -1; expected a whole number, 1 or more
          ae | --set likelihood.value=0 --set likelihood.variance=learned | --set likelihood.value is 0; expected a number above 0
          ae | --set likelihood.variance=free | --set likelihood.variance is 'free'; expected one of: fixed, learned, per-channel, per-pixel
          """)
  void whatCannotApplyIsRefused(String preset, String words, String message) {
    OneLine.assertBegins(
        message, assertThrows(UsageException.class, () -> model(preset, words)).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --schedule-decay 0.5 | --schedule-decay does not apply: the schedule is constant; use --schedule exponential or step or plateau
          --schedule cosine --schedule-every 3 | --schedule-every does not apply: the schedule is cosine; use --schedule step
          """)
  void aScheduleRefusesWhatAnotherHeeds(String words, String message) {
    assertEquals(message, assertThrows(UsageException.class, () -> schedule(words)).getMessage());
  }
}
