package org.vaetf.group;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Rings of threads of one process. */
public final class Rings {
  private static final Patience PATIENCE = Patience.of(Duration.ofSeconds(60));

  private Rings() {}

  /**
   * Has as many members as are wanted do the same.
   *
   * @return what each gives, in the order of their numbers
   */
  public static <T> List<T> each(int size, Function<Group, T> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(size);
    List<ServerSocket> servers = new ArrayList<>();
    try {
      for (int rank = 0; rank < size; rank++) {
        servers.add(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      }
      List<InetSocketAddress> addresses =
          servers.stream()
              .map(server -> (InetSocketAddress) server.getLocalSocketAddress())
              .toList();
      List<Future<T>> members = new ArrayList<>();
      for (int rank = 0; rank < size; rank++) {
        int own = rank;
        members.add(
            threads.submit(
                () -> {
                  try (Ring ring =
                      Ring.connect(own, addresses, servers.get(own), "secret", PATIENCE)) {
                    return work.apply(ring);
                  }
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> member : members) {
        results.add(get(member));
      }
      return results;
    } finally {
      threads.shutdown();
      for (ServerSocket server : servers) {
        server.close();
      }
    }
  }

  private static <T> T get(Future<T> member) throws InterruptedException, IOException {
    try {
      return member.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IOException(e.getCause());
    }
  }
}
