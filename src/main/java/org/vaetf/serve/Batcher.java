package org.vaetf.serve;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.vaetf.base.DaemonThreads;
import org.vaetf.base.Samples;
import org.vaetf.data.Batch;
import org.vaetf.http.Refusal;

/**
 * Questions in a queue of bounded length, and threads that ask the model. A thread takes the oldest
 * question and, where its signature is by row, all others of that signature that wait or come
 * within the delay, up to a number of rows; asks them as one, and hands out the rows. Owns its
 * threads: close it.
 */
final class Batcher implements AutoCloseable {
  private final int maxRows;
  private final long delayNanos;
  private final int mostWaiting;
  private final Function<Question, List<Samples>> model;
  private final ServeMetrics metrics;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final Deque<Job> waiting = new ArrayDeque<>();
  private final List<Thread> threads = new ArrayList<>();
  private boolean closed;

  /**
   * A question that waits.
   *
   * @param arrived when, in the nanoseconds of {@link System#nanoTime}
   * @param answer is told the rows of each output, or what has failed
   */
  private record Job(
      Question question, long arrived, BiConsumer<List<Samples>, Throwable> answer) {}

  Batcher(
      ServeConfig config,
      int workers,
      Function<Question, List<Samples>> model,
      ServeMetrics metrics) {
    this.maxRows = config.maxBatch();
    this.delayNanos = TimeUnit.MILLISECONDS.toNanos(config.batchDelayMillis());
    this.mostWaiting = config.queue();
    this.model = model;
    this.metrics = metrics;
    for (int i = 0; i < workers; i++) {
      Thread thread = DaemonThreads.named("serve-model").newThread(this::work);
      threads.add(thread);
      thread.start();
    }
  }

  /** Whether a question would be refused now. */
  boolean isFull() {
    return depth() >= mostWaiting;
  }

  /** How many questions wait. */
  int depth() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Puts a question in the queue.
   *
   * @param answer is told the rows of each output, or what has failed, by a thread that is needed
   *     for the next question
   * @throws Refusal with 503 if the queue is full, or closed
   */
  void ask(Question question, BiConsumer<List<Samples>, Throwable> answer) {
    lock.lock();
    try {
      if (closed) {
        throw new Refusal(503, "the server is ending; ask another, or later");
      }
      if (waiting.size() >= mostWaiting) {
        throw full();
      }
      waiting.add(new Job(question, System.nanoTime(), answer));
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What a request is told that finds the queue full. */
  Refusal full() {
    return new Refusal(
        503, mostWaiting + " requests wait already; expected fewer: ask again in a second");
  }

  private void work() {
    try {
      for (List<Job> jobs = next(); !jobs.isEmpty(); jobs = next()) {
        answer(jobs);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The questions of the next run, one at least; none once the batcher is closed. */
  private List<Job> next() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty()) {
        if (closed) {
          return List.of();
        }
        more.await();
      }
      List<Job> jobs = new ArrayList<>(List.of(waiting.remove()));
      Job first = jobs.get(0);
      if (!first.question.signature().isByRow()) {
        return jobs;
      }
      int rows = first.question.answerRows();
      while (true) {
        rows = gather(jobs, rows);
        long left = first.arrived + delayNanos - System.nanoTime();
        if (rows >= maxRows || left <= 0 || closed) {
          return jobs;
        }
        more.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes what fits beside the others. */
  private int gather(List<Job> jobs, int rows) {
    int all = rows;
    Signature signature = jobs.get(0).question.signature();
    for (Iterator<Job> others = waiting.iterator(); others.hasNext() && all < maxRows; ) {
      Job other = others.next();
      int size = other.question.answerRows();
      if (other.question.signature() == signature && all + size <= maxRows) {
        others.remove();
        jobs.add(other);
        all += size;
      }
    }
    return all;
  }

  private void answer(List<Job> jobs) {
    if (jobs.size() == 1) {
      answer(jobs.get(0));
      return;
    }
    List<Samples> all;
    try {
      List<Batch> parts = jobs.stream().map(job -> job.question.rows()).toList();
      all = run(jobs.get(0).question.with(Batch.concatenate(parts)));
    } catch (RuntimeException | OutOfMemoryError e) {
      // One of them may be at fault: the others shall not suffer for it.
      jobs.forEach(this::answer);
      return;
    }
    int from = 0;
    for (Job job : jobs) {
      int first = from;
      int to = from + job.question.answerRows();
      job.answer.accept(all.stream().map(output -> output.slice(first, to)).toList(), null);
      from = to;
    }
  }

  private void answer(Job job) {
    List<Samples> rows;
    try {
      rows = run(job.question);
    } catch (RuntimeException | OutOfMemoryError e) {
      job.answer.accept(null, e);
      return;
    }
    job.answer.accept(rows, null);
  }

  private List<Samples> run(Question question) {
    metrics.batch(question.signature(), question.answerRows());
    return model.apply(question);
  }

  /** Takes no more questions, answers those that wait, ends the threads. Idempotent. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the threads have ended, for so long at most. */
  void awaitEnd(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (Thread thread : threads) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      thread.join(Math.max(1, left));
    }
  }

  /** Refuses what still waits. */
  void abandon() {
    List<Job> left;
    lock.lock();
    try {
      left = List.copyOf(waiting);
      waiting.clear();
    } finally {
      lock.unlock();
    }
    left.forEach(
        job ->
            job.answer.accept(
                null, new Refusal(503, "the server has ended before it came to this request")));
  }
}
