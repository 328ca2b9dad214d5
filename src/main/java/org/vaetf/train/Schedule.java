package org.vaetf.train;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;

/** How the learning rate goes over a run: a factor on the optimizer's rate at each step. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Schedule.Constant.class, name = "constant"),
  @JsonSubTypes.Type(value = Schedule.Exponential.class, name = "exponential"),
  @JsonSubTypes.Type(value = Schedule.Cosine.class, name = "cosine"),
  @JsonSubTypes.Type(value = Schedule.Linear.class, name = "linear"),
  @JsonSubTypes.Type(value = Schedule.Steps.class, name = "step"),
  @JsonSubTypes.Type(value = Schedule.Plateau.class, name = "plateau"),
  @JsonSubTypes.Type(value = Schedule.WarmUp.class, name = "warm-up"),
})
public interface Schedule {

  /**
   * Where a run stands.
   *
   * @param epoch epochs gone, with the fraction of the present one: step / steps an epoch
   * @param epochs the run is to have in all
   * @param reductions how often a plateau has been met
   */
  record Moment(double epoch, double epochs, int reductions) {

    /**
     * The part of the run that is done.
     *
     * @return 0 to 1
     */
    public double done() {
      return Math.min(1, epoch / epochs);
    }
  }

  /**
   * The factor at a step.
   *
   * @param moment before the step
   * @return 0 or more
   */
  double factor(Moment moment);

  /**
   * The plateau that this schedule watches for.
   *
   * @return null for none
   */
  default Plateau plateau() {
    return null;
  }

  /** Always 1. */
  record Constant() implements Schedule {
    @Override
    public double factor(Moment moment) {
      return 1;
    }
  }

  /**
   * {@code decay^epoch}.
   *
   * @param decay factor an epoch, above 0 and at most 1
   */
  record Exponential(double decay) implements Schedule {
    /**
     * Checks the decay.
     *
     * @param decay factor an epoch, above 0 and at most 1
     * @throws ConfigException if it is not above 0 and at most 1
     */
    public Exponential {
      requireFactor("decay of the exponential schedule", decay);
    }

    @Override
    public double factor(Moment moment) {
      return Math.pow(decay, moment.epoch());
    }
  }

  /**
   * {@code m + (1 − m) (1 + cos(π epoch / epochs)) / 2}: Loshchilov and Hutter, arXiv 1608.03983,
   * equation 5, without restarts.
   *
   * @param minimum m, the factor at the end, from 0 up to 1
   */
  record Cosine(double minimum) implements Schedule {
    /**
     * Checks the minimum.
     *
     * @param minimum m, the factor at the end, from 0 up to 1
     * @throws ConfigException if it is not from 0 up to 1
     */
    public Cosine {
      Check.fraction("minimum of the cosine schedule", minimum);
    }

    @Override
    public double factor(Moment moment) {
      return minimum + (1 - minimum) * (1 + Math.cos(Math.PI * moment.done())) / 2;
    }
  }

  /**
   * 1 up to {@code hold · epochs}, then in a straight line down to m at the end: {@code 1 − (1 − m)
   * max(0, epoch / epochs − hold) / (1 − hold)}. Most of a run may so be spent at the full rate:
   * Hägele et al., "Scaling laws and compute-optimal training beyond fixed training durations",
   * arXiv 2405.18392.
   *
   * @param hold part of the run at the full rate, from 0 up to 1
   * @param minimum m, the factor at the end, from 0 up to 1
   */
  record Linear(double hold, double minimum) implements Schedule {
    /**
     * Checks the settings.
     *
     * @param hold part of the run at the full rate, from 0 up to 1
     * @param minimum m, the factor at the end, from 0 up to 1
     * @throws ConfigException if one is not from 0 up to 1
     */
    public Linear {
      Check.fraction("hold of the linear schedule", hold);
      Check.fraction("minimum of the linear schedule", minimum);
    }

    @Override
    public double factor(Moment moment) {
      return 1 - (1 - minimum) * Math.max(0, moment.done() - hold) / (1 - hold);
    }
  }

  /**
   * {@code decay^floor(epoch / every)}.
   *
   * @param every epochs between two steps, at least 1
   * @param decay factor a step, above 0 and at most 1
   */
  record Steps(int every, double decay) implements Schedule {
    /**
     * Checks the settings.
     *
     * @param every epochs between two steps, at least 1
     * @param decay factor a step, above 0 and at most 1
     * @throws ConfigException if one is out of range
     */
    public Steps {
      Check.atLeast("epochs of the step schedule", every, 1);
      requireFactor("decay of the step schedule", decay);
    }

    @Override
    public double factor(Moment moment) {
      return Math.pow(decay, Math.floor(moment.epoch() / every));
    }
  }

  /**
   * {@code decay^n}, n counting how often the watched metric has gone {@code patience} epochs
   * without a new best.
   *
   * @param decay factor a plateau, above 0 and at most 1
   * @param patience epochs, at least 1
   */
  record Plateau(double decay, int patience) implements Schedule {
    /**
     * Checks the settings.
     *
     * @param decay factor a plateau, above 0 and at most 1
     * @param patience epochs, at least 1
     * @throws ConfigException if one is out of range
     */
    public Plateau {
      requireFactor("decay of the plateau schedule", decay);
      Check.atLeast("patience of the plateau schedule", patience, 1);
    }

    @Override
    public double factor(Moment moment) {
      return Math.pow(decay, moment.reductions());
    }

    @Override
    public Plateau plateau() {
      return this;
    }
  }

  /**
   * Another schedule, times {@code min(1, epoch / rise)}: from 0 up, linearly.
   *
   * @param rise epochs until the other schedule is reached, above 0
   * @param then the other schedule
   */
  record WarmUp(double rise, Schedule then) implements Schedule {
    /**
     * Checks the settings.
     *
     * @param rise epochs until the other schedule is reached, above 0
     * @param then the other schedule
     * @throws ConfigException if the rise is not above 0, or there is no other schedule
     */
    public WarmUp {
      Check.positive("epochs of the learning rate's warm-up", rise);
      Check.present("schedule after the warm-up", then);
    }

    @Override
    public double factor(Moment moment) {
      return Math.min(1, moment.epoch() / rise) * then.factor(moment);
    }

    @Override
    public Plateau plateau() {
      return then.plateau();
    }
  }

  private static void requireFactor(String what, double value) {
    if (!(value > 0 && value <= 1)) {
      throw new ConfigException(what, value, "a number above 0, at most 1");
    }
  }
}
