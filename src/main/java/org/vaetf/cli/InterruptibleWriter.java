package org.vaetf.cli;

import java.util.concurrent.CountDownLatch;
import org.vaetf.data.Batch;
import org.vaetf.data.RowWriter;

/** Removes what it has written so far when the process is ended before it commits. */
final class InterruptibleWriter implements RowWriter {
  private final RowWriter writer;
  private final Thread hook = new Thread(this::abandon, "abandon-output");
  private boolean abandoned;

  InterruptibleWriter(RowWriter writer) {
    this.writer = writer;
    Runtime.getRuntime().addShutdownHook(hook);
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
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook closes the writer too.
    }
    synchronized (this) {
      writer.close();
    }
  }

  private synchronized void abandon() {
    abandoned = true;
    writer.close();
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
