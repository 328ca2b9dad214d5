package org.vaetf.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.base.ConfigException;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.Near;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.Compute;
import org.vaetf.tf.Device;

/** The loader in use: many threads, closing, wrong arguments. */
class LoaderTest {
  private static final int THREADS = 8;
  private static final int CALLS = 50;
  private static final TinyModel MODEL = TinyModel.of("vae dense bernoulli");

  @TempDir Path folder;
  private Path saved;

  @BeforeEach
  void export() {
    saved = MODEL.export(folder.resolve("run").resolve("saved_model"), MODEL.weights(1));
  }

  @Test
  void loadsFromARunFolderToo() {
    try (SavedModelVae vae = SavedModelVae.load(folder.resolve("run"))) {
      assertEquals(MODEL.shape(), vae.shape());
      assertEquals("tiny", vae.manifest().data().name());
    }
  }

  @Test
  void pointsAreThoseThatSampleDecodes() {
    try (SavedModelVae vae = SavedModelVae.load(saved)) {
      Generated generated = vae.sample(7, 3);
      assertEquals(generated.z(), vae.points(7, 3, 0));
      assertArrayEquals(generated.x().values(), vae.decode(vae.points(7, 3, 0)).values());
      assertThrows(ConfigException.class, () -> vae.points(0, 3, 0));
    }
  }

  /** Rows are cut into parts by their number alone: 32 is one part, 1030 end in a part of 6. */
  @ParameterizedTest
  @ValueSource(ints = {1, 32, 33, 129, 1030})
  void partsAndThreadsDoNotMatter(int rows) {
    Samples x = MODEL.data(rows, 5);
    Samples z = MODEL.points(rows, 6);
    try (SavedModelVae one = SavedModelVae.load(saved, Evaluate.ONE_THREAD);
        SavedModelVae three = SavedModelVae.load(saved, new Compute(Device.CPU, 3));
        SavedModelVae either = SavedModelVae.load(saved, new Compute(Device.AUTO, 2))) {
      for (SavedModelVae vae : List.of(three, either)) {
        assertEquals(one.encode(x), vae.encode(x));
        assertEquals(one.decode(z), vae.decode(z));
        assertEquals(one.reconstruct(x), vae.reconstruct(x));
      }
      for (int row : new int[] {0, rows / 2, rows - 1}) {
        Samples alone = one.decode(z.slice(row, row + 1));
        assertNear(Near.doubles(alone.values()), one.decode(z).row(row), 1e-6, "row " + row);
        Encoding code = one.encode(x.slice(row, row + 1));
        assertNear(
            Near.doubles(code.mean().values()), one.encode(x).mean().row(row), 1e-5, "row " + row);
      }
    }
  }

  @Test
  void manyThreadsGetWhatOneGets() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (SavedModelVae vae = SavedModelVae.load(saved)) {
      List<Callable<float[]>> calls = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        int seed = i;
        Samples x = MODEL.data(1 + i % 4, i);
        Samples z = MODEL.points(1 + i % 4, i);
        calls.add(() -> vae.encode(x).logVariance().values());
        calls.add(() -> vae.decode(z).values());
        calls.add(() -> vae.reconstruct(x).values());
        calls.add(() -> vae.sample(1 + seed % 4, seed).x().values());
        calls.add(() -> vae.score(x, 3, seed).logLikelihood());
      }
      List<float[]> alone = new ArrayList<>();
      for (Callable<float[]> call : calls) {
        alone.add(call.call());
      }
      List<Future<List<float[]>>> together = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        int first = t * 31;
        together.add(
            threads.submit(
                () -> {
                  List<float[]> results = new ArrayList<>();
                  for (int i = 0; i < calls.size(); i++) {
                    results.add(calls.get((first + i) % calls.size()).call());
                  }
                  return results;
                }));
      }
      for (int t = 0; t < THREADS; t++) {
        List<float[]> results = together.get(t).get(60, TimeUnit.SECONDS);
        for (int i = 0; i < calls.size(); i++) {
          int call = (t * 31 + i) % calls.size();
          assertArrayEquals(alone.get(call), results.get(i), "thread " + t + ", call " + call);
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void closingWaitsForCallsUnderWayAndRefusesLaterOnes() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      SavedModelVae vae = SavedModelVae.load(saved);
      Samples x = MODEL.data(4, 1);
      float[] expected = vae.score(x, 200, 1).elbo();
      CountDownLatch begun = new CountDownLatch(THREADS);
      AtomicInteger done = new AtomicInteger();
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        all.add(
            threads.submit(
                () -> {
                  while (true) {
                    try {
                      assertArrayEquals(expected, vae.score(x, 200, 1).elbo());
                      done.incrementAndGet();
                      begun.countDown();
                    } catch (IllegalStateException closed) {
                      return;
                    }
                  }
                }));
      }
      assertTrue(begun.await(60, TimeUnit.SECONDS));
      vae.close();
      for (Future<?> one : all) {
        one.get(60, TimeUnit.SECONDS);
      }
      assertTrue(done.get() >= THREADS);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void everyCallAfterCloseIsRefused() {
    SavedModelVae vae = SavedModelVae.load(saved);
    vae.close();
    vae.close();
    Samples x = MODEL.data(1, 1);
    Samples z = MODEL.points(1, 1);
    assertThrows(IllegalStateException.class, () -> vae.encode(x));
    assertThrows(IllegalStateException.class, () -> vae.decode(z));
    assertThrows(IllegalStateException.class, () -> vae.reconstruct(x));
    assertThrows(IllegalStateException.class, () -> vae.sample(1, 1));
    assertThrows(IllegalStateException.class, () -> vae.score(x, 1, 1));
    assertEquals(MODEL.shape(), vae.shape());
  }

  @Test
  void wrongArgumentsAreNamed() {
    try (SavedModelVae vae = SavedModelVae.load(saved)) {
      Samples flat = new Samples(RowShape.of(30), new float[30]);
      assertRefused("x", () -> vae.encode(flat));
      assertRefused("x", () -> vae.reconstruct(flat));
      assertRefused("x", () -> vae.score(flat, 1, 1));
      assertRefused("z", () -> vae.decode(new Samples(RowShape.of(3), new float[3])));
      assertRefused("count", () -> vae.sample(0, 1));
      assertRefused("samples", () -> vae.score(MODEL.data(1, 1), 0, 1));
    }
  }

  @Test
  void noRowsGiveNoRows() {
    try (SavedModelVae vae = SavedModelVae.load(saved)) {
      Samples none = new Samples(MODEL.shape(), new float[0]);
      assertEquals(0, vae.encode(none).mean().rows());
      assertEquals(0, vae.reconstruct(none).rows());
      assertEquals(0, vae.score(none, 2, 1).elbo().length);
    }
  }

  @Test
  void theModelIsReadWholeBeforeUse() throws IOException {
    try (SavedModelVae vae = SavedModelVae.load(saved)) {
      Files.delete(saved.resolve("saved_model.pb"));
      assertFalse(Float.isNaN(vae.decode(MODEL.points(1, 1)).values()[0]));
    }
  }

  private static void assertRefused(String what, org.junit.jupiter.api.function.Executable call) {
    ConfigException refused = assertThrows(ConfigException.class, call);
    assertTrue(refused.getMessage().contains(what), refused.getMessage());
    assertEquals(1, refused.getMessage().lines().count());
  }
}
