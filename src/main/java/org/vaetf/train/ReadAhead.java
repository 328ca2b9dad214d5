package org.vaetf.train;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.vaetf.base.VaeException;

/**
 * An iterator whose next element is made by another thread while the caller works on the present
 * one. At most two elements live at a time. Close it: that waits for the element under way.
 *
 * @param <T> what it gives
 */
final class ReadAhead<T> implements Iterator<T>, AutoCloseable {
  private final Iterator<T> source;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "read-ahead");
            thread.setDaemon(true);
            return thread;
          });
  private Future<T> next;

  /** Begins with the first element at once. The source belongs to this object from now on. */
  ReadAhead(Iterator<T> source) {
    this.source = source;
    advance();
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  /**
   * The next element.
   *
   * @return in the source's order
   * @throws RuntimeException what the source threw when it made this element
   */
  @Override
  public T next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    T element = await(next);
    advance();
    return element;
  }

  /** The worker is idle whenever this is called, so the source is never in two threads at once. */
  private void advance() {
    next = source.hasNext() ? worker.submit(source::next) : null;
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VaeException("interrupted while waiting for the next batch", e);
    }
  }

  @Override
  public void close() {
    worker.shutdown();
    if (next != null) {
      try {
        next.get();
      } catch (ExecutionException e) {
        // Nobody asked for this element.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
