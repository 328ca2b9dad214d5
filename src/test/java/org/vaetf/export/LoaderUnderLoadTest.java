package org.vaetf.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.Samples;
import org.vaetf.testing.Figure;
import org.vaetf.testing.TinyModel;

/**
 * Many threads on one loader, calls of every kind and size in any order, while the loader is closed
 * under them and another takes its place. Each result is that of a call on its own, to the bit. The
 * property {@code vaetf.load.seconds} says for how long (120).
 */
@Tag("slow")
class LoaderUnderLoadTest {
  private static final int THREADS = 64;
  private static final long SECONDS = Long.getLong("vaetf.load.seconds", 120);
  private static final long MILLIS_A_LOADER = 1000;
  private static final TinyModel MODEL = TinyModel.of("vae convolutional learned");

  @TempDir Path folder;

  /** A call, and what it gives. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by its values.
  private record Call(Function<SavedModelVae, float[]> call, float[] expected) {}

  private final AtomicReference<SavedModelVae> loader = new AtomicReference<>();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  @Test
  void eachResultIsThatOfACallOnItsOwn() throws Exception {
    Path saved = MODEL.export(folder.resolve("model"), MODEL.weights(1));
    List<Call> calls;
    try (SavedModelVae alone = SavedModelVae.load(saved)) {
      calls = calls(alone);
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    loader.set(SavedModelVae.load(saved));
    List<Future<?>> all = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      SplittableRandom random = new SplittableRandom(t);
      all.add(threads.submit(() -> callUntil(end, calls, random)));
    }
    int closed = 0;
    while (System.nanoTime() < end) {
      Thread.sleep(MILLIS_A_LOADER);
      loader.getAndSet(SavedModelVae.load(saved)).close();
      closed++;
    }
    for (Future<?> one : all) {
      one.get(60, TimeUnit.SECONDS);
    }
    loader.get().close();
    threads.shutdown();
    Figure.print(
        "load: %d threads for %d s: %,d calls, each as on its own; %,d loaders closed with calls in"
            + " flight, %,d calls refused as closed",
        THREADS, SECONDS, done.get(), closed, refused.get());
    assertTrue(done.get() > THREADS * SECONDS, "hardly a call was made: " + done);
    assertTrue(closed > 0 && refused.get() > 0, "no loader was closed under a call");
  }

  private void callUntil(long end, List<Call> calls, SplittableRandom random) {
    while (System.nanoTime() < end) {
      Call call = calls.get(random.nextInt(calls.size()));
      SavedModelVae vae = loader.get();
      try {
        assertArrayEquals(call.expected, call.call.apply(vae));
        done.incrementAndGet();
      } catch (IllegalStateException e) {
        assertNotSame(loader.get(), vae, "refused, but not closed: " + e);
        refused.incrementAndGet();
      }
    }
  }

  /** Sizes on both sides of where rows are shared out. */
  private static List<Call> calls(SavedModelVae alone) {
    List<Function<SavedModelVae, float[]>> calls = new ArrayList<>();
    for (int rows : new int[] {1, 2, 7, 32, 33, 130}) {
      Samples x = MODEL.data(rows, rows);
      Samples z = MODEL.points(rows, rows);
      calls.add(vae -> vae.encode(x).mean().values());
      calls.add(vae -> vae.encode(x).logVariance().values());
      calls.add(vae -> vae.decode(z).values());
      calls.add(vae -> vae.reconstruct(x).values());
      calls.add(vae -> vae.sample(rows, rows).x().values());
      calls.add(vae -> vae.sample(rows, rows).z().values());
      calls.add(vae -> vae.score(x, 3, rows).logLikelihood());
      calls.add(vae -> vae.score(x, 1, rows).elbo());
    }
    return calls.stream().map(call -> new Call(call, call.apply(alone))).toList();
  }
}
