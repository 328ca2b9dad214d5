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
import java.util.Arrays;
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

  /** Kept from step to step: gradients are large, and come many times a second. */
  private byte[] outgoing = {};

  private byte[] incoming = {};
  private float[] addends = {};

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
  public void average(float[] values, long weight) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= weight;
    }
    long[] weights = new long[size];
    Arrays.fill(weights, weight);
    try {
      // Every part goes round and gathers what each process has of it; then the sums go round.
      for (int turn = 0; turn < size - 1; turn++) {
        int part = Math.floorMod(rank - turn - 1, size);
        ByteBuffer heard = pass(values, weights, Math.floorMod(rank - turn, size), part);
        weights[part] += heard.getLong();
        add(heard, values, part);
      }
      for (int turn = 0; turn < size - 1; turn++) {
        int part = Math.floorMod(rank - turn, size);
        ByteBuffer heard = pass(values, weights, Math.floorMod(rank + 1 - turn, size), part);
        weights[part] = heard.getLong();
        int from = start(part, values.length);
        heard.asFloatBuffer().get(values, from, start(part + 1, values.length) - from);
      }
    } catch (IOException e) {
      throw lost(rank, size, e);
    }
    // The same for every part: all weights together.
    float total = weights[0];
    for (int i = 0; i < values.length; i++) {
      values[i] /= total;
    }
  }

  private void add(ByteBuffer heard, float[] values, int part) {
    int from = start(part, values.length);
    int count = start(part + 1, values.length) - from;
    if (addends.length < count) {
      addends = new float[count];
    }
    heard.asFloatBuffer().get(addends, 0, count);
    for (int i = 0; i < count; i++) {
      values[from + i] += addends[i];
    }
  }

  /** Where a part of an array begins, or the one before it ends: as many parts as processes. */
  private int start(int part, int length) {
    return (int) ((long) part * length / size);
  }

  /** Sends a part of an array, with its weight before it; gives what comes for another. */
  private ByteBuffer pass(float[] values, long[] weights, int out, int in) throws IOException {
    outgoing = room(outgoing, out, values.length);
    int from = start(out, values.length);
    wrapped(outgoing, out, values.length)
        .putLong(weights[out])
        .asFloatBuffer()
        .put(values, from, start(out + 1, values.length) - from);
    Future<?> sending = send(outgoing, bytes(out, values.length));
    incoming = room(incoming, in, values.length);
    before.message(incoming, bytes(in, values.length), patience);
    await(sending);
    return wrapped(incoming, in, values.length);
  }

  /** An array for a part: the one that is there, where it is large enough. */
  private byte[] room(byte[] there, int part, int length) {
    int bytes = bytes(part, length);
    return there.length < bytes ? new byte[bytes] : there;
  }

  private ByteBuffer wrapped(byte[] array, int part, int length) {
    return ByteBuffer.wrap(array, 0, bytes(part, length)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private int bytes(int part, int length) {
    return Long.BYTES + Float.BYTES * (start(part + 1, length) - start(part, length));
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
    Future<?> sending = send(message, message.length);
    byte[] heard = before.message(patience);
    await(sending);
    return heard;
  }

  private Future<?> send(byte[] message, int length) {
    return sender.submit(
        () -> {
          toNext.writeInt(length);
          toNext.write(message, 0, length);
          toNext.flush();
          return null;
        });
  }

  private static void await(Future<?> sending) throws IOException {
    try {
      sending.get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
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
