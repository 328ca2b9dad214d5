package org.vaetf.bench;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import org.vaetf.data.DataSet;
import org.vaetf.data.DataSplit;
import org.vaetf.export.SavedModelVae;
import org.vaetf.model.Objective;
import org.vaetf.train.EpochReport;
import org.vaetf.train.StepTrace;
import org.vaetf.train.Trainer;
import org.vaetf.train.TrainingListener;

/** vae-tf's contestant in the benchmark: the library as users call it. */
public final class Contestant {
  private static final int UNSUPPORTED = 3;

  private Contestant() {}

  /**
   * Does the work of a spec.
   *
   * @param arguments the spec as JSON
   * @throws Exception if anything fails; the driver names it
   */
  public static void main(String[] arguments) throws Exception {
    Spec spec = Spec.read(arguments[0]);
    Turns turns = new Turns();
    if (spec.whole("samples") > 1) {
      turns.say(Map.of("unsupported", "no importance-weighted objective yet"));
      System.exit(UNSUPPORTED);
    }
    switch (spec.text("work")) {
      case "train" -> train(spec, turns);
      case "trace" -> trace(spec, turns);
      case "quality" -> quality(spec, turns);
      case "first-step" -> firstStep(spec, turns);
      case "first-sample" -> firstSample(spec, turns);
      default -> Serving.run(spec, turns);
    }
  }

  private static void train(Spec spec, Turns turns) {
    Trainer trainer = Trainer.of(spec.run());
    try (DataSplit data = spec.trainAlone()) {
      trainer
          .listen(new TrainingTurns(turns, data.train().rows(), trainer::stop))
          .run(spec.folder().resolve("run"), true, data);
    }
  }

  private static void trace(Spec spec, Turns turns) {
    try (DataSet data = spec.train()) {
      turns.say(StepTrace.of(spec.run(), data));
    }
  }

  private static void quality(Spec spec, Turns turns) {
    Trainer trainer = Trainer.of(spec.run());
    double least = Collections.min(spec.numbers("targets"));
    try (DataSplit data = spec.trainAndTest()) {
      long[] clock = {System.nanoTime(), 0};
      TrainingListener listener =
          new TrainingListener() {
            @Override
            public void onBatch(int epoch, int batch, OptionalDouble loss) {
              clock[1] = System.nanoTime();
            }

            @Override
            public void onEpoch(EpochReport report) {
              double seconds = (clock[1] - clock[0]) / 1e9;
              double value = report.test().get(Objective.NEGATIVE_ELBO);
              turns.say(
                  Map.of("epoch", report.epoch(), "seconds", seconds, "negative_elbo", value));
              if (value <= least || report.epoch() >= spec.whole("epochs")) {
                trainer.stop();
              }
              clock[0] += System.nanoTime() - clock[1];
            }
          };
      trainer.listen(listener).run(spec.folder().resolve("run"), true, data);
    }
  }

  private static void firstStep(Spec spec, Turns turns) {
    Trainer trainer = Trainer.of(spec.run());
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onBatch(int epoch, int batch, OptionalDouble loss) {
            if (batch == 1) {
              turns.say(Map.of("step", 1, "loss", loss.getAsDouble()));
              Runtime.getRuntime().halt(0);
            }
          }
        };
    try (DataSplit data = spec.trainAlone()) {
      trainer.listen(listener).run(spec.folder().resolve("run"), true, data);
    }
  }

  private static void firstSample(Spec spec, Turns turns) {
    if (spec.asked("prepare")) {
      turns.say(Map.of("prepared", true));
      return;
    }
    try (SavedModelVae model = SavedModelVae.load(Path.of(spec.text("model")), spec.compute())) {
      turns.say(Map.of("sample", model.scaled().sample(1, new long[] {1, 0}).x().row(0)));
    }
  }
}
