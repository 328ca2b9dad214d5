package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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

  /** What bears another name in the jar, so that a cluster's own does not stand in its way. */
  private static final Map<String, String> RENAMED =
      Map.of(
          "com/fasterxml/jackson/", "org/vaetf/shaded/jackson/",
          "com/google/protobuf/", "org/vaetf/shaded/protobuf/",
          "org/apache/commons/", "org/vaetf/shaded/commons/");

  /** What newer versions of Java would take in place of renamed classes, under their old name. */
  private static final String LEFT_OUT = "META-INF/versions/\\d+/com/fasterxml/.*";

  /**
   * Every class and native library of the jar is ours or a component's, to the byte; of classes
   * that bear another name or speak of one that does, the name alone can be the same.
   */
  @Test
  void theJarHoldsWhatIsListedAndNothingElse() throws IOException {
    Map<String, Set<Long>> expected = new HashMap<>();
    Set<String> rewritten = new HashSet<>();
    for (Component component : components()) {
      code(component.path())
          .forEach(
              (name, crc) -> {
                if (!name.matches(LEFT_OUT)) {
                  expected.computeIfAbsent(renamed(name), n -> new HashSet<>()).add(crc);
                }
              });
      rewritten.addAll(speakingOfRenamed(component.path()));
    }
    Map<String, Long> found = code(JAR);
    found
        .keySet()
        .removeIf(name -> name.startsWith("org/vaetf/") && !name.startsWith("org/vaetf/shaded/"));
    assertEquals(expected.keySet(), found.keySet());
    found.forEach(
        (name, crc) ->
            assertTrue(rewritten.contains(name) || expected.get(name).contains(crc), name));
    assertTrue(found.size() > 2 * rewritten.size(), "most are compared by their bytes");
    assertEquals(Set.of(), speakingOfRenamed(JAR), "nothing looks for the former names");
  }

  private static String renamed(String name) {
    return RENAMED.entrySet().stream()
        .filter(entry -> name.contains(entry.getKey()))
        .map(entry -> name.replace(entry.getKey(), entry.getValue()))
        .findFirst()
        .orElse(name);
  }

  /** The classes, by their new names, that refer to one of those by its former name. */
  private static Set<String> speakingOfRenamed(Path jar) throws IOException {
    Set<String> names = new HashSet<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
        try (InputStream in = zip.getInputStream(entry)) {
          String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
          if (RENAMED.keySet().stream().anyMatch(text::contains)) {
            names.add(renamed(entry.getName()));
          }
        }
      }
    }
    return names;
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
