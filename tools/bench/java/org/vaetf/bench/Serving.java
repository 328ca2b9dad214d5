package org.vaetf.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.data.DataSplit;
import org.vaetf.export.SavedModelVae;
import org.vaetf.export.ScaledVae;
import org.vaetf.train.RunConfig;
import org.vaetf.train.Trainer;
import org.vaetf.train.TrainingListener;

/** Calls of a loaded model, by one thread or by several at once. */
final class Serving {
  private static final int WARM_UP_CALLS = 20;
  private static final double WARM_UP_SECONDS = 4;

  private Serving() {}

  static void run(Spec spec, Turns turns) throws ExecutionException, InterruptedException {
    int callers = spec.whole("callers");
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    AtomicLong weights = new AtomicLong();
    try (SavedModelVae model = untrained(spec, weights)) {
      List<Samples> inputs = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        inputs.add(input(spec, new SplittableRandom(spec.whole("seed") + i)));
      }
      Consumer<Samples> call = call(spec.text("work"), model.scaled());
      warmUp(call, inputs);
      turns.say(Map.of("ready", true, "about", TrainingTurns.about(), "weights", weights.get()));
      for (OptionalDouble turn = turns.seconds(); turn.isPresent(); turn = turns.seconds()) {
        turns.say(turn(spec, call, inputs, threads, turn.getAsDouble()));
      }
    } finally {
      threads.shutdown();
    }
  }

  /** A SavedModel such as a run leaves, after a single step; tells its number of weights. */
  private static SavedModelVae untrained(Spec spec, AtomicLong weights) {
    RunConfig run = spec.run();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStart(RunConfig config, int steps, long numberOfWeights, int epoch) {
            weights.set(numberOfWeights);
          }
        };
    try (DataSplit data = new DataSplit(spec.oneBatch(), spec.oneBatch())) {
      Trainer.of(run.withTraining(run.training().withEpochs(1).withBatch(data.train().rows())))
          .listen(listener)
          .run(spec.folder().resolve("run"), true, data);
    }
    return SavedModelVae.load(spec.folder().resolve("run"), spec.compute());
  }

  private static Samples input(Spec spec, SplittableRandom random) {
    int batch = spec.whole("batch");
    if (spec.text("work").equals("decode")) {
      float[] z = new float[batch * spec.whole("latent")];
      for (int i = 0; i < z.length; i++) {
        z[i] = (float) random.nextGaussian();
      }
      return new Samples(RowShape.of(spec.whole("latent")), z);
    }
    Samples rows = spec.oneBatch().slice(0, batch);
    for (int i = 0; i < rows.values().length; i++) {
      rows.values()[i] /= 255;
    }
    return rows;
  }

  private static Consumer<Samples> call(String work, ScaledVae model) {
    return switch (work) {
      case "decode" -> model::decode;
      case "encode" -> model::encode;
      case "reconstruct" -> model::reconstruct;
      default -> throw new IllegalArgumentException(work);
    };
  }

  private static void warmUp(Consumer<Samples> call, List<Samples> inputs) {
    long begun = System.nanoTime();
    for (int done = 0;
        done < WARM_UP_CALLS || System.nanoTime() - begun < WARM_UP_SECONDS * 1e9;
        done++) {
      inputs.forEach(call);
    }
  }

  private static Map<String, Object> turn(
      Spec spec,
      Consumer<Samples> call,
      List<Samples> inputs,
      ExecutorService threads,
      double seconds)
      throws ExecutionException, InterruptedException {
    long begun = System.nanoTime();
    long end = begun + (long) (seconds * 1e9);
    List<Future<long[]>> callers = new ArrayList<>();
    for (Samples input : inputs) {
      callers.add(threads.submit(() -> latencies(call, input, end)));
    }
    long[] all = new long[0];
    for (Future<long[]> caller : callers) {
      all = LongStream.concat(Arrays.stream(all), Arrays.stream(caller.get())).toArray();
    }
    double took = (System.nanoTime() - begun) / 1e9;
    Arrays.sort(all);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("rows", (long) all.length * spec.whole("batch"));
    answer.put("calls", all.length);
    answer.put("seconds", took);
    answer.put("median_us", all[all.length / 2] / 1e3);
    answer.put("p99_us", all[(int) (all.length * 0.99)] / 1e3);
    return answer;
  }

  private static long[] latencies(Consumer<Samples> call, Samples input, long end) {
    LongStream.Builder latencies = LongStream.builder();
    long now = System.nanoTime();
    do {
      call.accept(input);
      long after = System.nanoTime();
      latencies.add(after - now);
      now = after;
    } while (now < end);
    return latencies.build().toArray();
  }
}
