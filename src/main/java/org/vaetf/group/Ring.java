package org.vaetf.group;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.vaetf.base.DaemonThreads;

/**
 * A group whose processes are connected in a ring: each sends to the next and hears from the one
 * before. A mean of n numbers over W processes sends {@code 2 n (W − 1) / W} of them from each,
 * whatever W is; Patarasuk and Yuan, "Bandwidth optimal all-reduce algorithms for clusters of
 * workstations" (2009), section 3. The sum of an entry begins at a process that depends on the
 * entry alone and goes round, so that it is the same at every run. Close it.
 */
public final class Ring implements Group, Closeable {
  private final int rank;
  private final int size;
  private final Hearing before;
  private final Patience patience;
  private final Socket next;
  private final DataOutputStream toNext;
  private final ExecutorService sender =
      Executors.newSingleThreadExecutor(DaemonThreads.named("ring"));

  private Ring(int rank, int size, Hearing before, Socket next, Patience patience)
      throws IOException {
    this.rank = rank;
    this.size = size;
    this.before = before;
    this.patience = patience;
    this.next = next;
    this.toNext = new DataOutputStream(new BufferedOutputStream(next.getOutputStream(), 1 << 16));
  }

  /**
   * Connects this process with the two beside it, once all of them listen.
   *
   * @param rank of this process
   * @param addresses where each process listens, at least two
   * @param own where this one does; stays the caller's to close
   * @param secret that all of them know: whoever does not is not heard
   * @param patience how long to wait for another, and when to give up
   * @return the ring
   * @throws LostProcessException if the processes beside this one cannot be reached in time
   */
  public static Ring connect(
      int rank,
      List<InetSocketAddress> addresses,
      ServerSocket own,
      String secret,
      Patience patience) {
    int size = addresses.size();
    InetSocketAddress beyond = addresses.get((rank + 1) % size);
    Socket next = new Socket();
    try {
      next.setTcpNoDelay(true);
      next.connect(beyond, Math.toIntExact(patience.limit().toMillis()));
      next.getOutputStream().write(greeting(secret, rank));
      int previous = (rank + size - 1) % size;
      Hearing before = Hearing.of(own, greeting(secret, previous), patience);
      return new Ring(rank, size, before, next, patience);
    } catch (IOException | RuntimeException e) {
      closeQuietly(next);
      throw lost(rank, size, e);
    }
  }

  private static byte[] greeting(String secret, int rank) {
    return ("vae-tf ring " + secret + " " + rank + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public float[] mean(float[] values, long weight) {
    float[] sum = new float[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      sum[i] = values[i] * weight;
    }
    sum[values.length] = weight;
    try {
      // Every part goes round and gathers what each process has of it; then the sums go round.
      for (int turn = 0; turn < size - 1; turn++) {
        float[] heard = pass(sum, rank - turn, rank - turn - 1);
        int from = start(rank - turn - 1, sum.length);
        for (int i = 0; i < heard.length; i++) {
          sum[from + i] += heard[i];
        }
      }
      for (int turn = 0; turn < size - 1; turn++) {
        float[] heard = pass(sum, rank + 1 - turn, rank - turn);
        System.arraycopy(heard, 0, sum, start(rank - turn, sum.length), heard.length);
      }
    } catch (IOException e) {
      throw lost(rank, size, e);
    }
    float total = sum[values.length];
    float[] mean = new float[values.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = sum[i] / total;
    }
    return mean;
  }

  /** Where a part of an array begins: there are as many parts as processes. */
  private int start(int number, int length) {
    return (int) ((long) Math.floorMod(number, size) * length / size);
  }

  private int end(int number, int length) {
    return (int) ((Math.floorMod(number, size) + 1L) * length / size);
  }

  /** Sends a part of an array; gives what comes for another. */
  private float[] pass(float[] values, int out, int in) throws IOException {
    int from = start(out, values.length);
    int count = end(out, values.length) - from;
    ByteBuffer sent = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    sent.asFloatBuffer().put(values, from, count);
    byte[] message = pass(sent.array());
    float[] heard = new float[end(in, values.length) - start(in, values.length)];
    if (message.length != heard.length * Float.BYTES) {
      throw new IOException(
          "got " + message.length + " bytes; expected " + heard.length + " numbers");
    }
    ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(heard);
    return heard;
  }

  @Override
  public List<String> all(String own) {
    List<String> texts = new ArrayList<>(Collections.nCopies(size, own));
    try {
      for (int turn = 0; turn < size - 1; turn++) {
        byte[] sent = texts.get(Math.floorMod(rank - turn, size)).getBytes(StandardCharsets.UTF_8);
        texts.set(
            Math.floorMod(rank - turn - 1, size), new String(pass(sent), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw lost(rank, size, e);
    }
    return texts;
  }

  /** Sends to the next while it hears from the one before: all may be sending at once. */
  private byte[] pass(byte[] message) throws IOException {
    Future<?> sending =
        sender.submit(
            () -> {
              toNext.writeInt(message.length);
              toNext.write(message);
              toNext.flush();
              return null;
            });
    byte[] heard = before.message(patience);
    try {
      sending.get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return heard;
  }

  private static LostProcessException lost(int rank, int size, Exception e) {
    return new LostProcessException(
        "process "
            + rank
            + " of the "
            + size
            + " that train together lost one beside it ("
            + e.getMessage()
            + "); the newest checkpoint is kept: go on from there",
        e);
  }

  @Override
  public void close() {
    sender.shutdownNow();
    closeQuietly(next);
    closeQuietly(before);
  }

  private static void closeQuietly(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      // Nothing is sent or heard any more.
    }
  }
}
