package org.vaetf.train;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.vaetf.base.DaemonThreads;
import org.vaetf.base.VaeException;

/**
 * Elements made by another thread, some ahead of the one that the caller works on. A single element
 * ahead would not do: where all cores compute, the other thread gets its turn late. And it is asked
 * for several at a time, as each time it wakes it takes a core from whoever computes. Close it:
 * that waits for the element under way.
 *
 * @param <T> what it gives
 */
final class ReadAhead<T> implements Iterator<T>, AutoCloseable {
  private static final int AHEAD = 8;

  private final IntFunction<T> source;
  private final int to;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(DaemonThreads.named("read-ahead"));
  private final Queue<Future<T>> waiting = new ArrayDeque<>();
  private int asked;
  private volatile boolean closed;

  /**
   * Begins with the first elements at once.
   *
   * @param from the number of the first
   * @param to one past the last
   * @param source makes the element of a number; called in order, by one thread
   */
  ReadAhead(int from, int to, IntFunction<T> source) {
    this.source = source;
    this.to = to;
    this.asked = from;
    fill();
  }

  private void fill() {
    while (asked < to && waiting.size() < AHEAD) {
      int number = asked++;
      waiting.add(worker.submit(() -> closed ? null : source.apply(number)));
    }
  }

  @Override
  public boolean hasNext() {
    return !waiting.isEmpty();
  }

  /**
   * The next element.
   *
   * @return in the order of the numbers
   * @throws RuntimeException what the source threw when it made this element
   */
  @Override
  public T next() {
    if (waiting.isEmpty()) {
      throw new NoSuchElementException();
    }
    T element = await(waiting.remove());
    if (waiting.size() <= AHEAD / 2) {
      fill();
    }
    return element;
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VaeException("interrupted while waiting for the next batch", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    worker.shutdown();
    for (Future<T> unwanted : waiting) {
      try {
        unwanted.get();
      } catch (ExecutionException e) {
        // Nobody asked for this element.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
