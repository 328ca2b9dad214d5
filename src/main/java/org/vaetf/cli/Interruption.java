package org.vaetf.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Ctrl-C or a request to end while a run is under way: the run is asked to stop, has time to save,
 * and the process ends with {@link Main#INTERRUPTED}. A second Ctrl-C ends it at once. Close it
 * when the run is over.
 */
final class Interruption implements AutoCloseable {
  /** So long may the thread that trains take to say why it failed. */
  private static final long LAST_WORDS_MILLIS = 2000;

  private final Thread worker = Thread.currentThread();
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook;
  private volatile boolean saved;

  private Interruption(Runnable stop, Runnable farewell) {
    this.hook = new Thread(() -> end(stop, farewell), "interruption");
  }

  /**
   * Begins to watch.
   *
   * @param stop asks the run to save and return
   * @param farewell what is left to say once it has
   */
  static Interruption watch(Runnable stop, Runnable farewell) {
    Interruption interruption = new Interruption(stop, farewell);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** What goes on until it is interrupted. */
  @FunctionalInterface
  interface Service {
    /**
     * Goes on until the end, and ends in good order.
     *
     * @param end comes with the interruption
     */
    void until(CountDownLatch end) throws InterruptedException;
  }

  /** Runs what has no end of its own; an interruption is how it is meant to end. */
  static void run(Service service) {
    CountDownLatch end = new CountDownLatch(1);
    try (Interruption interruption = watch(end::countDown, () -> {})) {
      service.until(end);
      interruption.saved();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end(Runnable stop, Runnable farewell) {
    try {
      SecondInterrupt.watch(() -> Runtime.getRuntime().halt(Main.INTERRUPTED));
      stop.run();
      over.await();
      if (saved) {
        farewell.run();
      } else {
        worker.join(LAST_WORDS_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Java would end with 143 (SIGTERM), or leave the worker's own exit waiting for this thread.
    Runtime.getRuntime().halt(saved ? Main.INTERRUPTED : Main.FAILED);
  }

  /** The run has returned, so all it did is saved. */
  void saved() {
    saved = true;
  }

  @Override
  public void close() {
    over.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      if (saved) {
        waitForTheEnd();
      }
    }
  }

  /** The process is ending: whatever would come now must not be printed any more. */
  private static void waitForTheEnd() {
    try {
      Thread.sleep(Long.MAX_VALUE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
