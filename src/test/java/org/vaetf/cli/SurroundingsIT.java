package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The jar in locales, time zones and folders that its authors do not live in. */
class SurroundingsIT {
  private static final List<String> TRAIN =
      List.of(
          "train --data shapes:count=100,size=8 --epochs 2 --batch 30 --hidden 4 --latent 2 --json --no-events --out run"
              .split(" ", -1));

  @TempDir Path folder;

  /** Decimal commas, a dotless i, digits of another script, clocks a fraction of an hour off. */
  @Test
  void everyLocaleAndZoneGivesTheSameBytes() throws Exception {
    Map<String, byte[]> expected = work("en-US", "America/New_York");
    assertTrue(expected.containsKey("saved_model/saved_model.pb"), expected.keySet().toString());
    Map<String, String> places =
        Map.of("tr-TR", "Asia/Kathmandu", "pt-BR", "Pacific/Chatham", "ar-EG", "Africa/Cairo");
    for (Map.Entry<String, String> place : places.entrySet()) {
      Map<String, byte[]> found = work(place.getKey(), place.getValue());
      assertEquals(expected.keySet(), found.keySet());
      expected.forEach(
          (name, bytes) ->
              assertArrayEquals(
                  bytes,
                  found.get(name),
                  () ->
                      place.getKey()
                          + ": "
                          + name
                          + ": "
                          + new String(found.get(name), StandardCharsets.UTF_8)));
    }
  }

  /** Every file of a run, and what two commands say. */
  private Map<String, byte[]> work(String locale, String zone) throws Exception {
    Path place = Files.createDirectory(folder.resolve(locale));
    List<String> java =
        List.of(
            "-Duser.language=" + locale.substring(0, 2),
            "-Duser.country=" + locale.substring(3),
            "-Duser.timezone=" + zone);
    JarProcess.Ended train = JarProcess.start(place, java, Map.of(), TRAIN).end();
    assertEquals(Main.DONE, train.status(), train.err());
    Map<String, byte[]> bytes = new TreeMap<>();
    Path run = place.resolve("run");
    try (Stream<Path> tree = Files.walk(run)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        bytes.put(run.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    // All but how long it took.
    bytes.put(
        "out",
        train.out().replaceFirst("\"seconds\" : [0-9.E-]+", "").getBytes(StandardCharsets.UTF_8));
    bytes.put(
        "err",
        train
            .err()
            .replaceAll("[0-9.]+ s, [0-9]+ rows", "")
            .replaceAll("(?m)^[-0-9]{10} [:0-9]{8}  ", "")
            .getBytes(StandardCharsets.UTF_8));
    String metrics = new String(bytes.get("metrics.csv"), StandardCharsets.UTF_8);
    bytes.put(
        "metrics.csv",
        metrics.replaceAll("(?m)^(\\d+,\\d+),[^,]+", "$1").getBytes(StandardCharsets.UTF_8));
    String report = new String(bytes.get("report.html"), StandardCharsets.UTF_8);
    bytes.put(
        "report.html",
        report.replaceFirst("train</dt><dd>[^<]+", "").getBytes(StandardCharsets.UTF_8));
    String encoded =
        JarProcess.start(place, java, Map.of(), List.of("encode", "--model", "run")).done();
    bytes.put("encoded", encoded.getBytes(StandardCharsets.UTF_8));
    return bytes;
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no bash")
  void theCommandsItPrintsCanBePasted() throws Exception {
    assumeTrue(encodesEverything());
    Path place = Files.createDirectory(folder.resolve("in 漢字 it's \"so\""));
    List<String> train =
        List.of(
            "train --data shapes:count=100,size=8 --epochs 1 --batch 30 --hidden 4 --latent 2 --quiet --out"
                .split(" ", -1));
    String run = "-it's [1] $HOME";
    String said =
        JarProcess.start(
                place, List.of(), Map.of(), Stream.concat(train.stream(), Stream.of(run)).toList())
            .done();
    List<String> commands =
        said.lines().filter(line -> line.startsWith("  java -jar ")).map(String::strip).toList();
    assertEquals(4, commands.size(), said);
    for (String command : commands) {
      JarProcess.paste(place, command).done();
    }
    for (String made : List.of("samples.png", "reconstructions.png", "manifold.png")) {
      assertTrue(Files.size(place.resolve(made)) > 0, made);
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "names come in Unicode there")
  void anEncodingWithoutTheLettersIsOneLine() throws Exception {
    assumeTrue(encodesEverything());
    Path place = Files.createDirectory(folder.resolve("café"));
    Map<String, String> ascii = Map.of("LC_ALL", "C");
    JarProcess.Ended argument =
        JarProcess.start(folder, List.of(), ascii, List.of("sample", "--model", "café")).end();
    JarProcess.Ended directory = JarProcess.start(place, List.of(), ascii, List.of("models")).end();
    for (JarProcess.Ended ended : List.of(argument, directory)) {
      assertEquals(Main.USAGE, ended.status(), ended.err());
      assertEquals(1, ended.err().lines().count(), ended.err());
      assertTrue(ended.err().contains("LC_ALL=C.UTF-8"), ended.err());
    }
  }

  private static boolean encodesEverything() {
    return Charset.forName(System.getProperty("sun.jnu.encoding")).newEncoder().canEncode("é漢");
  }
}
