package org.vaetf.tf;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.vaetf.base.VaeException;

/**
 * Threads that independent pieces of work are shared out to. The pieces do not depend on the number
 * of threads, so results do not either. Close it when no work is under way.
 */
public final class Workers implements AutoCloseable {
  private final ExecutorService threads;

  /**
   * Makes the threads; each starts when it is needed first.
   *
   * @param count how many, at least 1
   */
  public Workers(int count) {
    threads =
        Executors.newFixedThreadPool(
            count,
            task -> {
              Thread thread = new Thread(task, "vae-tf-worker");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Does some pieces of work side by side. A single piece is done by the caller.
   *
   * @param pieces how many
   * @param work does piece i; must not call this method in its turn
   * @param <T> what a piece gives
   * @return the results in the order of the pieces
   * @throws RuntimeException what the first piece that failed threw
   */
  public <T> List<T> map(int pieces, IntFunction<T> work) {
    if (pieces == 1) {
      return List.of(work.apply(0));
    }
    List<Future<T>> futures = new ArrayList<>(pieces);
    for (int i = 0; i < pieces; i++) {
      int piece = i;
      futures.add(threads.submit(() -> work.apply(piece)));
    }
    List<T> results = new ArrayList<>(pieces);
    RuntimeException failure = null;
    for (Future<T> future : futures) {
      try {
        results.add(await(future));
      } catch (RuntimeException e) {
        // The other pieces use what the caller may free when this method has thrown.
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
    return results;
  }

  private static <T> T await(Future<T> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new VaeException("a piece of work failed", e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Lets the threads end. Idempotent. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
