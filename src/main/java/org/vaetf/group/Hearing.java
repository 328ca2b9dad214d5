package org.vaetf.group;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;

/** The messages of one other process, each with its length before it. */
final class Hearing implements Closeable {
  private static final int MILLIS_A_LOOK = 1000;
  private static final Duration TO_GREET = Duration.ofSeconds(10);

  private final Socket socket;
  private final InputStream in;

  private Hearing(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    socket.setSoTimeout(MILLIS_A_LOOK);
  }

  /** Waits for the one that greets as expected; others are sent away. */
  static Hearing of(ServerSocket server, byte[] greeting, Patience patience) throws IOException {
    server.setSoTimeout(MILLIS_A_LOOK);
    Deadline deadline = new Deadline(patience);
    while (true) {
      try {
        Hearing hearing = new Hearing(server.accept());
        if (hearing.greets(greeting, patience)) {
          return hearing;
        }
        hearing.close();
        deadline.check();
      } catch (SocketTimeoutException e) {
        deadline.check();
      }
    }
  }

  private boolean greets(byte[] greeting, Patience patience) {
    try {
      Patience shorter = new Patience(TO_GREET, patience.over());
      return MessageDigest.isEqual(bytes(greeting.length, shorter), greeting);
    } catch (IOException e) {
      return false;
    }
  }

  /** The next message. */
  byte[] message(Patience patience) throws IOException {
    int length = length(patience);
    if (length < 0) {
      throw new IOException("a message of " + length + " bytes; expected 0 or more");
    }
    return bytes(length, patience);
  }

  /** The next message, which must be of some length, into the beginning of an array. */
  void message(byte[] into, int expected, Patience patience) throws IOException {
    int length = length(patience);
    if (length != expected) {
      throw new IOException("a message of " + length + " bytes; expected " + expected);
    }
    read(into, length, patience);
  }

  private int length(Patience patience) throws IOException {
    return ByteBuffer.wrap(bytes(Integer.BYTES, patience)).getInt();
  }

  private byte[] bytes(int count, Patience patience) throws IOException {
    byte[] bytes = new byte[count];
    read(bytes, count, patience);
    return bytes;
  }

  private void read(byte[] bytes, int count, Patience patience) throws IOException {
    Deadline deadline = new Deadline(patience);
    for (int at = 0; at < count; ) {
      try {
        int read = in.read(bytes, at, count - at);
        if (read < 0) {
          throw new EOFException("it has closed the connection");
        }
        at += read;
      } catch (SocketTimeoutException e) {
        deadline.check();
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** When patience is at its end. */
  private static final class Deadline {
    private final Patience patience;
    private final long begun = System.nanoTime();

    Deadline(Patience patience) {
      this.patience = patience;
    }

    void check() throws IOException {
      if (patience.over().getAsBoolean()) {
        throw new IOException("the work was given up");
      }
      if (System.nanoTime() - begun > patience.limit().toNanos()) {
        throw new IOException("heard nothing for " + patience.limit().toSeconds() + " s");
      }
    }
  }
}
