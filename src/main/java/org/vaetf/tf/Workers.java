package org.vaetf.tf;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.vaetf.base.DaemonThreads;
import org.vaetf.base.VaeException;

/**
 * Threads that independent pieces of work are shared out to; the caller is one of them. The pieces
 * do not depend on the number of threads, so results do not either. Safe for use by many threads.
 * Close it when no work is under way.
 */
public final class Workers implements AutoCloseable {
  private final int helpers;
  private final ExecutorService threads;

  /**
   * Makes the threads; each starts when it is needed first.
   *
   * @param count how many, with the caller's, at least 1
   */
  public Workers(int count) {
    helpers = count - 1;
    threads =
        Executors.newFixedThreadPool(Math.max(1, helpers), DaemonThreads.named("vae-tf-worker"));
  }

  /**
   * Does some pieces of work side by side.
   *
   * @param pieces how many
   * @param work does piece i; must not call this method in its turn
   * @param <T> what a piece gives
   * @return the results in the order of the pieces
   * @throws RuntimeException what the first piece that failed threw, when all others are done; an
   *     {@link Error} in the same way
   */
  public <T> List<T> map(int pieces, IntFunction<T> work) {
    List<Outcome<T>> outcomes = new ArrayList<>();
    for (int i = 0; i < pieces; i++) {
      outcomes.add(new Outcome<>());
    }
    share(pieces, i -> outcomes.get(i).set(() -> work.apply(i)));
    return outcomes.stream().map(Outcome::get).toList();
  }

  /** Each thread takes the next piece that nobody has taken, until there is none. */
  private void share(int pieces, IntConsumer work) {
    AtomicInteger next = new AtomicInteger();
    Runnable all =
        () -> {
          for (int i = next.getAndIncrement(); i < pieces; i = next.getAndIncrement()) {
            work.accept(i);
          }
        };
    List<Future<?>> helping = new ArrayList<>();
    try {
      for (int i = 0; i < Math.min(helpers, pieces - 1); i++) {
        helping.add(threads.submit(all));
      }
    } catch (RejectedExecutionException e) {
      // Closed meanwhile: nobody helps, and each piece says for itself whether it still can be
      // done.
    }
    all.run();
    helping.forEach(Workers::await);
  }

  private static void await(Future<?> helper) {
    boolean interrupted = false;
    while (true) {
      try {
        helper.get();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        throw new VaeException("a piece of work failed", e.getCause());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the threads end; work that comes later is done by its caller alone. Idempotent. */
  @Override
  public void close() {
    threads.shutdown();
  }

  /** What became of a piece: a result or a failure. Written by one thread before another reads. */
  private static final class Outcome<T> {
    private T result;
    private Throwable failure;

    void set(Supplier<T> work) {
      try {
        result = work.get();
      } catch (RuntimeException | Error e) {
        failure = e;
      }
    }

    T get() {
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure != null) {
        throw (RuntimeException) failure;
      }
      return result;
    }
  }
}
