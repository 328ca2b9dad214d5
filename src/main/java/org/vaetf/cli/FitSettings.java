package org.vaetf.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vaetf.nn.FirstKernels;
import org.vaetf.nn.Precision;
import org.vaetf.train.CheckpointInterval;
import org.vaetf.train.NanPolicy;
import org.vaetf.train.OptimizerConfig;
import org.vaetf.train.Schedule;
import org.vaetf.train.TrainingConfig;

/** The options that say how a model is fitted. */
final class FitSettings {
  static final List<CliOption> OPTIONS =
      List.of(
          CliOption.EPOCHS,
          CliOption.BATCH,
          CliOption.TOWERS,
          CliOption.OPTIMIZER,
          CliOption.LEARNING_RATE,
          CliOption.SCHEDULE,
          CliOption.SCHEDULE_DECAY,
          CliOption.SCHEDULE_EVERY,
          CliOption.SCHEDULE_HOLD,
          CliOption.SCHEDULE_MINIMUM,
          CliOption.SCHEDULE_PATIENCE,
          CliOption.WARM_UP,
          CliOption.WEIGHT_DECAY,
          CliOption.CLIP_NORM,
          CliOption.CLIP_VALUE,
          CliOption.PATIENCE,
          CliOption.METRIC,
          CliOption.REPORT_EVERY,
          CliOption.NAN_POLICY,
          CliOption.CHECKPOINT_EVERY,
          CliOption.KEEP_CHECKPOINTS,
          CliOption.FIRST_KERNELS,
          CliOption.PRECISION);

  private static final String CONSTANT = "constant";
  private static final String EXPONENTIAL = "exponential";
  private static final String COSINE = "cosine";
  private static final String LINEAR = "linear";
  private static final String STEP = "step";
  private static final String PLATEAU = "plateau";

  /** Which schedule heeds which option. */
  private static final Map<CliOption, List<String>> HEEDED =
      Map.of(
          CliOption.SCHEDULE_DECAY, List.of(EXPONENTIAL, STEP, PLATEAU),
          CliOption.SCHEDULE_EVERY, List.of(STEP),
          CliOption.SCHEDULE_HOLD, List.of(LINEAR),
          CliOption.SCHEDULE_MINIMUM, List.of(COSINE, LINEAR),
          CliOption.SCHEDULE_PATIENCE, List.of(PLATEAU));

  private final Arguments arguments;

  private FitSettings(Arguments arguments) {
    this.arguments = arguments;
  }

  /** A training with the options' values in place of its own. */
  static TrainingConfig apply(TrainingConfig base, Arguments arguments) {
    FitSettings settings = new FitSettings(arguments);
    return new TrainingConfig(
        arguments.whole(CliOption.EPOCHS).orElse(base.epochs()),
        arguments.whole(CliOption.BATCH).orElse(base.batch()),
        arguments.whole(CliOption.TOWERS).orElse(base.towers()),
        settings.optimizer(base.optimizer()),
        settings.schedule(base.schedule()),
        arguments.text(CliOption.METRIC).orElse(base.metric()),
        arguments.whole(CliOption.PATIENCE).orElse(base.patience()),
        arguments.whole(CliOption.REPORT_EVERY).orElse(base.reportEvery()),
        arguments.choice(CliOption.NAN_POLICY, NanPolicy.class).orElse(base.nanPolicy()),
        arguments
            .text(CliOption.CHECKPOINT_EVERY)
            .map(CheckpointInterval::of)
            .orElse(base.checkpointEvery()),
        arguments.whole(CliOption.KEEP_CHECKPOINTS).orElse(base.keepCheckpoints()),
        arguments.seed(base.seed()),
        arguments.choice(CliOption.FIRST_KERNELS, FirstKernels.class).orElse(base.firstKernels()),
        arguments.choice(CliOption.PRECISION, Precision.class).orElse(base.precision()),
        ComputeSettings.apply(base.compute(), arguments),
        base.parallel());
  }

  /** Another rule brings its own learning rate, weight decay and constants along. */
  private OptimizerConfig optimizer(OptimizerConfig base) {
    Optional<NamedOptimizer> named = arguments.text(CliOption.OPTIMIZER).map(NamedOptimizer::parse);
    OptimizerConfig own =
        named
            .map(NamedOptimizer::rule)
            .filter(rule -> rule != base.rule())
            .map(
                rule ->
                    OptimizerConfig.of(rule)
                        .withClipNorm(base.clipNorm())
                        .withClipValue(base.clipValue()))
            .orElse(base);
    Map<String, Double> constants = new LinkedHashMap<>(own.constants());
    named.ifPresent(optimizer -> constants.putAll(optimizer.constants()));
    return new OptimizerConfig(
        own.rule(),
        arguments.number(CliOption.LEARNING_RATE).orElse(own.learningRate()),
        arguments.number(CliOption.WEIGHT_DECAY).orElse(own.weightDecay()),
        arguments.number(CliOption.CLIP_NORM).orElse(own.clipNorm()),
        arguments.number(CliOption.CLIP_VALUE).orElse(own.clipValue()),
        constants);
  }

  private Schedule schedule(Schedule base) {
    double ownRise = base instanceof Schedule.WarmUp warmUp ? warmUp.rise() : 0;
    Schedule after = base instanceof Schedule.WarmUp warmUp ? warmUp.then() : base;
    Schedule schedule = afterWarmUp(after);
    double rise = arguments.number(CliOption.WARM_UP).orElse(ownRise);
    return rise == 0 ? schedule : new Schedule.WarmUp(rise, schedule);
  }

  private Schedule afterWarmUp(Schedule base) {
    String kind =
        arguments
            .word(CliOption.SCHEDULE, List.of(CONSTANT, EXPONENTIAL, COSINE, LINEAR, STEP, PLATEAU))
            .orElse(kindOf(base));
    HEEDED.forEach(
        (option, kinds) -> {
          if (arguments.has(option) && !kinds.contains(kind)) {
            throw UsageException.inapplicable(
                option,
                "the schedule is " + kind + "; use --schedule " + String.join(" or ", kinds));
          }
        });
    return switch (kind) {
      case CONSTANT -> new Schedule.Constant();
      case EXPONENTIAL ->
          new Schedule.Exponential(
              decay(base instanceof Schedule.Exponential own ? own.decay() : 0.95));
      case COSINE ->
          new Schedule.Cosine(minimum(base instanceof Schedule.Cosine own ? own.minimum() : 0.0));
      case LINEAR ->
          new Schedule.Linear(
              arguments
                  .number(CliOption.SCHEDULE_HOLD)
                  .orElse(base instanceof Schedule.Linear own ? own.hold() : 0.0),
              minimum(base instanceof Schedule.Linear own ? own.minimum() : 0.0));
      case STEP ->
          new Schedule.Steps(
              arguments
                  .whole(CliOption.SCHEDULE_EVERY)
                  .orElse(base instanceof Schedule.Steps own ? own.every() : 10),
              decay(base instanceof Schedule.Steps own ? own.decay() : 0.5));
      default ->
          new Schedule.Plateau(
              decay(base instanceof Schedule.Plateau own ? own.decay() : 0.5),
              arguments
                  .whole(CliOption.SCHEDULE_PATIENCE)
                  .orElse(base instanceof Schedule.Plateau own ? own.patience() : 5));
    };
  }

  private double minimum(double otherwise) {
    return arguments.number(CliOption.SCHEDULE_MINIMUM).orElse(otherwise);
  }

  private double decay(double otherwise) {
    return arguments.number(CliOption.SCHEDULE_DECAY).orElse(otherwise);
  }

  private static String kindOf(Schedule schedule) {
    if (schedule instanceof Schedule.Exponential) {
      return EXPONENTIAL;
    }
    if (schedule instanceof Schedule.Cosine) {
      return COSINE;
    }
    if (schedule instanceof Schedule.Linear) {
      return LINEAR;
    }
    if (schedule instanceof Schedule.Steps) {
      return STEP;
    }
    return schedule instanceof Schedule.Plateau ? PLATEAU : CONSTANT;
  }
}
