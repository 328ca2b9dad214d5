package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.vaetf.base.Sha256;

/**
 * The list of what the runnable jar is made of: it is true, complete, and names the very files of
 * {@code tools/security/dependencies.sha256}, the natives among them.
 */
class SbomIT {
  private static final Path JAR = Path.of(System.getProperty("vaetf.jar"));
  private static final Path REPOSITORY = Path.of(System.getProperty("vaetf.repository"));
  private static final String NATIVES = "tensorflow-core-native-";

  /** One jar in the jar. */
  private record Component(JsonNode json) {
    /** As a repository names it. */
    String file() {
      String purl = json.get("purl").asText();
      int at = purl.indexOf("classifier=");
      String classifier = at < 0 ? "" : "-" + purl.substring(at + 11).replaceFirst("&.*", "");
      return name() + "-" + version() + classifier + ".jar";
    }

    String name() {
      return json.get("name").asText();
    }

    String version() {
      return json.get("version").asText();
    }

    String sha256() {
      return stream(json.get("hashes"))
          .filter(hash -> hash.get("alg").asText().equals("SHA-256"))
          .map(hash -> hash.get("content").asText())
          .findFirst()
          .orElseThrow();
    }

    Path path() {
      return REPOSITORY
          .resolve(json.get("group").asText().replace('.', '/'))
          .resolve(name())
          .resolve(version())
          .resolve(file());
    }
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static JsonNode sbom() throws IOException {
    try (ZipFile jar = new ZipFile(JAR.toFile());
        InputStream in = jar.getInputStream(jar.getEntry("META-INF/sbom/application.cdx.json"))) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static List<Component> components() throws IOException {
    return stream(sbom().get("components")).map(Component::new).toList();
  }

  @Test
  void namesTheFilesThatWereReleased() throws IOException {
    Map<String, String> released = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("tools/security/dependencies.sha256"))) {
      released.put(line.substring(66), line.substring(0, 64));
    }
    Map<String, String> listed = new TreeMap<>();
    for (Component component : components()) {
      assertEquals(Sha256.of(component.path()), component.sha256(), component.file());
      listed.put(component.file(), component.sha256());
    }
    // Natives of other machines are not in this jar.
    released.keySet().removeIf(file -> file.startsWith(NATIVES) && !listed.containsKey(file));
    assertEquals(released, listed);
    assertTrue(listed.keySet().stream().filter(file -> file.startsWith(NATIVES)).count() == 2);
  }

  @Test
  void everyComponentHasALicence() throws IOException {
    for (Component component : components()) {
      assertFalse(component.json().path("licenses").isEmpty(), component.file());
    }
  }

  /** Every class and native library of the jar is ours or a component's, to the byte. */
  @Test
  void theJarHoldsWhatIsListedAndNothingElse() throws IOException {
    Map<String, Set<Long>> expected = new HashMap<>();
    for (Component component : components()) {
      code(component.path())
          .forEach((name, crc) -> expected.computeIfAbsent(name, n -> new HashSet<>()).add(crc));
    }
    Map<String, Long> found = code(JAR);
    found.keySet().removeIf(name -> name.startsWith("org/vaetf/"));
    assertEquals(expected.keySet(), found.keySet());
    found.forEach((name, crc) -> assertTrue(expected.get(name).contains(crc), name));
  }

  private static Map<String, Long> code(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.stream()
          .filter(entry -> entry.getName().matches(".*\\.(class|so(\\.\\d+)*|dll|dylib|jnilib|a)"))
          .filter(entry -> !entry.getName().endsWith("module-info.class"))
          .collect(Collectors.toMap(ZipEntry::getName, ZipEntry::getCrc));
    }
  }

  /** Two builds give the same bytes. */
  @Test
  void hasNoTimeInIt() throws IOException {
    JsonNode metadata = sbom().get("metadata");
    assertFalse(metadata.has("timestamp"), metadata.toString());
  }
}
