package org.vaetf.cli;

import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.vaetf.data.Batch;
import org.vaetf.data.RowWriter;

/** Removes what it has written so far when the process is ended before it commits. */
final class InterruptibleWriter implements RowWriter {
  private final Thread hook = new Thread(this::abandon, "abandon-output");
  private RowWriter writer;
  private boolean abandoned;

  /** The end may come while the writer is opened: what it has begun by then is removed, too. */
  InterruptibleWriter(Supplier<RowWriter> opening) {
    Runtime.getRuntime().addShutdownHook(hook);
    synchronized (this) {
      requireProcess();
      try {
        writer = opening.get();
      } catch (RuntimeException e) {
        removeHook();
        throw e;
      }
    }
  }

  @Override
  public synchronized void write(Batch batch) {
    requireProcess();
    writer.write(batch);
  }

  @Override
  public synchronized void commit() {
    requireProcess();
    writer.commit();
  }

  @Override
  public void close() {
    removeHook();
    synchronized (this) {
      writer.close();
    }
  }

  private void removeHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook closes the writer too.
    }
  }

  private synchronized void abandon() {
    abandoned = true;
    if (writer != null) {
      writer.close();
    }
  }

  /** Nothing more is to be written or said once the process is ending. */
  private void requireProcess() {
    if (abandoned) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
