package org.vaetf.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.RowShape;
import org.vaetf.testing.OneLine;
import org.vaetf.testing.TestData;

class MnistTest {
  @TempDir Path folder;
  private final Map<String, byte[]> served = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final List<PublishedFile> files = new ArrayList<>();
  private HttpServer server;

  /** A small MNIST of 3 training and 2 test digits of 2×2 pixels, on a server of this machine. */
  @BeforeEach
  void serve() throws Exception {
    publish(
        "train-images-idx3-ubyte",
        0,
        0,
        8,
        3,
        0,
        0,
        0,
        3,
        0,
        0,
        0,
        2,
        0,
        0,
        0,
        2,
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        9,
        10,
        11,
        12);
    publish("train-labels-idx1-ubyte", 0, 0, 8, 1, 0, 0, 0, 3, 7, 8, 9);
    publish(
        "t10k-images-idx3-ubyte",
        0,
        0,
        8,
        3,
        0,
        0,
        0,
        2,
        0,
        0,
        0,
        2,
        0,
        0,
        0,
        2,
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8);
    publish("t10k-labels-idx1-ubyte", 0, 0, 8, 1, 0, 0, 0, 2, 7, 8);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          asked.add(path);
          byte[] body = served.get(path);
          exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body == null ? new byte[0] : body);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void publish(String name, int... content) throws Exception {
    byte[] bytes = new byte[content.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) content[i];
    }
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
    files.add(new PublishedFile(name, bytes.length, HexFormat.of().formatHex(hash)));
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    served.put("/a/" + name + ".gz", packed.toByteArray());
    served.put("/b/" + name + ".gz", packed.toByteArray());
  }

  private Mnist mnist(String... mirrors) {
    List<URI> uris = new ArrayList<>();
    for (String mirror : mirrors) {
      uris.add(
          URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + mirror + "/"));
    }
    return new Mnist(folder, uris, files);
  }

  private static void check(Mnist mnist) {
    try (DataSplit split = mnist.open(DownloadProgress.none())) {
      assertEquals(RowShape.image(2, 2, 1), split.train().shape());
      assertArrayEquals(new float[] {9, 10, 11, 12}, split.train().slice(2, 3).values());
      assertArrayEquals(new int[] {7, 8, 9}, split.train().labels().orElseThrow());
      assertArrayEquals(new int[] {7, 8}, split.test().labels().orElseThrow());
    }
  }

  @Test
  void isDownloadedOnceWithProgress() {
    List<String> told = new ArrayList<>();
    mnist("a").open((file, done, total) -> told.add(file + " " + (done == total))).close();
    assertTrue(told.contains("t10k-labels-idx1-ubyte true"), told.toString());
    assertEquals(4, asked.size());
    check(mnist("a"));
    assertEquals(4, asked.size());
    assertEquals(4, folder.toFile().list().length);
  }

  @Test
  void theSecondMirrorHelpsOut() {
    served.remove("/a/train-labels-idx1-ubyte.gz");
    served.put("/a/t10k-images-idx3-ubyte.gz", new byte[] {1, 2, 3});
    served.put("/a/t10k-labels-idx1-ubyte.gz", served.get("/a/train-images-idx3-ubyte.gz"));
    check(mnist("a", "b"));
    assertEquals(7, asked.size());
  }

  @Test
  void withoutAnyMirrorTheMessageSaysWhatToDo() {
    served.put("/a/train-images-idx3-ubyte.gz", served.get("/a/train-labels-idx1-ubyte.gz"));
    OneLine.ofData(
        () -> mnist("a").open(DownloadProgress.none()),
        folder,
        "train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images",
        "SHA-256",
        "mnist-10k");
    Mnist offline = new Mnist(folder, List.of(URI.create("http://127.0.0.1:1/")), files);
    OneLine.ofData(() -> offline.open(DownloadProgress.none()), "cannot be reached");
    assertArrayEquals(new String[0], folder.toFile().list());
  }

  @Test
  void filesPutThereByHandAreTaken() throws IOException {
    for (PublishedFile file : files) {
      Files.write(folder.resolve(file.name() + ".gz"), served.get("/a/" + file.name() + ".gz"));
    }
    check(mnist());
    assertEquals(0, asked.size());
  }

  @Test
  void aDamagedCacheIsMended() throws IOException {
    check(mnist("a"));
    Path images = folder.resolve("train-images-idx3-ubyte");
    byte[] bytes = Files.readAllBytes(images);
    bytes[20] ^= 1;
    Files.write(images, bytes);
    check(mnist("a"));
    assertEquals(5, asked.size());
  }

  @Test
  void aFolderOfTheFilesIsASource() {
    check(mnist("a"));
    try (DataSplit split =
        new DataSources().split(DataRequest.of(folder.toString()), new org.vaetf.base.Seed(0))) {
      assertEquals(3, split.train().rows());
      assertEquals(2, split.test().rows());
    }
    assertTrue(folder.resolve("t10k-images-idx3-ubyte").toFile().delete());
    try (DataSplit split =
        new DataSources().split(DataRequest.of(folder.toString()), new org.vaetf.base.Seed(0))) {
      assertEquals(2, split.train().rows());
      assertEquals(1, split.test().rows());
      assertFalse(split.test().labels().isEmpty());
    }
  }

  @Test
  void everySystemHasItsCache() {
    Properties linux = properties("Linux", "/home/u");
    assertEquals(Path.of("/home/u/.cache/vae-tf"), Mnist.cacheFolder(Map.of(), linux));
    assertEquals(Path.of("/x/vae-tf"), Mnist.cacheFolder(Map.of("XDG_CACHE_HOME", "/x"), linux));
    assertEquals(
        Path.of("/own"),
        Mnist.cacheFolder(Map.of("VAETF_CACHE", "/own", "XDG_CACHE_HOME", "/x"), linux));
    assertEquals(
        Path.of("/Users/u/Library/Caches/vae-tf"),
        Mnist.cacheFolder(Map.of(), properties("Mac OS X", "/Users/u")));
    assertEquals(
        Path.of("/local/vae-tf"),
        Mnist.cacheFolder(Map.of("LOCALAPPDATA", "/local"), properties("Windows 11", "/u")));
  }

  private static Properties properties(String system, String home) {
    Properties properties = new Properties();
    properties.setProperty("os.name", system);
    properties.setProperty("user.home", home);
    return properties;
  }

  @Test
  void theOfficialFilesAreTheOfficialOnes() throws IOException {
    Path official = TestData.folder("mnist");
    for (String name :
        List.of(
            "train-images-idx3-ubyte", "train-labels-idx1-ubyte",
            "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")) {
      Files.copy(official.resolve(name + ".gz"), folder.resolve(name + ".gz"));
    }
    try (DataSplit split = new Mnist(folder, List.of()).open(DownloadProgress.none())) {
      assertEquals(60_000, split.train().rows());
      assertEquals(10_000, split.test().rows());
      assertEquals(RowShape.image(28, 28, 1), split.train().shape());
      assertArrayEquals(
          new int[] {5, 0, 4, 1, 9},
          java.util.Arrays.copyOf(split.train().labels().orElseThrow(), 5));
      assertArrayEquals(
          new int[] {7, 2, 1, 0, 4},
          java.util.Arrays.copyOf(split.test().labels().orElseThrow(), 5));
      // The published mean and deviation of the training pixels in 0…1.
      Scaling scaling = Scaling.fit(Scaling.Kind.STANDARDIZE, split.train());
      assertEquals(0.1307, scaling.shift()[0] / 255, 5e-5);
      assertEquals(0.3081, scaling.scale()[0] / 255, 5e-5);
    }
  }
}
