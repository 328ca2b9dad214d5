package org.vaetf.group;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaetf.base.VaeException;

/** What the members of a ring tell each other. */
class RingTest {

  @ParameterizedTest(name = "{0} processes, {1} numbers")
  @CsvSource({"2, 1", "2, 1000", "3, 2", "3, 100001", "5, 4097", "7, 3"})
  void meansAreWeightedAndTheSameToTheBit(int size, int length) throws Exception {
    long[] weights = IntStream.range(0, size).mapToLong(rank -> rank == 1 ? 0 : rank + 1).toArray();
    List<float[]> means =
        Rings.each(
            size, group -> averaged(group, values(group.rank(), length), weights[group.rank()]));
    double[] expected = new double[length];
    double total = 0;
    for (int rank = 0; rank < size; rank++) {
      float[] own = values(rank, length);
      for (int i = 0; i < length; i++) {
        expected[i] += own[i] * (double) weights[rank];
      }
      total += weights[rank];
    }
    for (int i = 0; i < length; i++) {
      expected[i] /= total;
    }
    assertNear(expected, means.get(0), 1e-6, "mean");
    means.forEach(mean -> assertArrayEquals(means.get(0), mean));
  }

  private static float[] averaged(Group group, float[] values, long weight) {
    group.average(values, weight);
    return values;
  }

  private static float[] values(int rank, int length) {
    SplittableRandom random = new SplittableRandom(rank);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (random.nextDouble() + 0.5);
    }
    return values;
  }

  @Test
  void whatIsNotANumberIsSoInAll() throws Exception {
    List<float[]> means =
        Rings.each(
            3, group -> averaged(group, new float[] {group.rank() == 2 ? Float.NaN : 1, 1}, 1));
    means.forEach(mean -> assertArrayEquals(new float[] {Float.NaN, 1}, mean));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void textsComeInTheOrderOfTheProcesses(int size) throws Exception {
    List<String> expected =
        IntStream.range(0, size).mapToObj(rank -> "µ of " + rank + "\n".repeat(rank)).toList();
    List<List<String>> all = Rings.each(size, group -> group.all(expected.get(group.rank())));
    all.forEach(texts -> assertEquals(expected, texts));
  }

  @Test
  void aloneNothingIsExchanged() {
    float[] values = {1, 2};
    assertArrayEquals(new float[] {1, 2}, averaged(Group.alone(), values, 0));
    assertEquals(List.of("own"), Group.alone().all("own"));
    assertEquals(1, Group.alone().size());
  }

  @Test
  void whoLosesAnotherSaysSo() {
    VaeException lost =
        assertThrows(
            VaeException.class,
            () ->
                Rings.each(
                    3,
                    group -> group.rank() == 1 ? new float[1] : averaged(group, new float[10], 1)));
    assertTrue(
        lost.getMessage().matches("process \\d of the 3 that train together lost one beside it .*"),
        lost.getMessage());
  }

  @Test
  void strangersAreSentAway() throws Exception {
    try (ServerSocket first = listening();
        ServerSocket second = listening();
        Socket stranger = new Socket(first.getInetAddress(), first.getLocalPort())) {
      stranger.getOutputStream().write(new byte[200]);
      List<InetSocketAddress> addresses =
          List.of(
              (InetSocketAddress) first.getLocalSocketAddress(),
              (InetSocketAddress) second.getLocalSocketAddress());
      Patience patience = Patience.of(Duration.ofSeconds(60));
      CompletableFuture<List<String>> other =
          CompletableFuture.supplyAsync(
              () -> {
                try (Ring ring = Ring.connect(1, addresses, second, "secret", patience)) {
                  return ring.all("b");
                }
              });
      try (Ring ring = Ring.connect(0, addresses, first, "secret", patience)) {
        assertEquals(List.of("a", "b"), ring.all("a"));
      }
      assertEquals(List.of("a", "b"), other.get());
      assertEquals(-1, stranger.getInputStream().read());
    }
  }

  @Test
  void patienceEnds() throws Exception {
    try (ServerSocket first = listening();
        ServerSocket second = listening()) {
      List<InetSocketAddress> addresses =
          List.of(
              (InetSocketAddress) first.getLocalSocketAddress(),
              (InetSocketAddress) second.getLocalSocketAddress());
      VaeException silent =
          assertThrows(
              VaeException.class,
              () ->
                  Ring.connect(
                      0, addresses, first, "secret", Patience.of(Duration.ofMillis(1500))));
      assertTrue(silent.getMessage().contains("heard nothing for 1 s"), silent.getMessage());
      VaeException over =
          assertThrows(
              VaeException.class,
              () ->
                  Ring.connect(
                      0,
                      addresses,
                      first,
                      "secret",
                      new Patience(Duration.ofHours(1), () -> true)));
      assertTrue(over.getMessage().contains("given up"), over.getMessage());
    }
  }

  private static ServerSocket listening() throws java.io.IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }
}
