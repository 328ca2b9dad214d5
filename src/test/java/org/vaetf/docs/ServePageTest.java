package org.vaetf.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vaetf.testing.Near.assertNear;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.vaetf.export.SavedModelVae;
import org.vaetf.serve.ModelServer;
import org.vaetf.serve.ServeConfig;

/** Every question of docs/serve.md has the answer that stands under it. */
class ServePageTest {
  private static final Path PAGE = Path.of("docs/serve.md");
  private static final Path MODEL = Path.of("saved_models/mnist-2d");
  private static final Pattern EXAMPLE = Pattern.compile("```json\n(\\{.*})\n(\\{.*})\n```");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROW = "[" + "[0],".repeat(27) + "[0]]";
  private static final String PICTURE = "[" + (ROW + ",").repeat(27) + ROW + "]";

  /** Numbers depend a little on the processor. */
  private static final double TOLERANCE = 2e-3;

  @Test
  void everyExampleIsAnsweredAsShown() throws Exception {
    List<MatchResult> examples = EXAMPLE.matcher(Files.readString(PAGE)).results().toList();
    Set<String> asked = new HashSet<>();
    List<String> faults = new ArrayList<>();
    try (SavedModelVae vae = SavedModelVae.load(MODEL);
        ModelServer server =
            ModelServer.start(
                vae, ServeConfig.of(MODEL).withAddress("127.0.0.1", 0), faults::add)) {
      for (MatchResult example : examples) {
        String question = example.group(1).replace("▒", PICTURE);
        asked.add(JSON.readTree(question).path("signature_name").asText("serving_default"));
        JsonNode expected = JSON.readTree(example.group(2).replace("…", "\"…\""));
        assertLike(expected, ask(server.address(), question), example.group(1));
      }
    }
    assertEquals(Set.of("serving_default", "encode", "decode", "sample", "score"), asked);
    assertEquals(List.of(), faults);
  }

  private static JsonNode ask(URI model, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(model + ":predict"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return JSON.readTree(
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  private static void assertLike(JsonNode expected, JsonNode found, String where) {
    if (expected.isNumber()) {
      double size = Math.max(1, Math.abs(expected.doubleValue()));
      assertNear(expected.doubleValue(), found.doubleValue(), TOLERANCE * size, where);
    } else if (expected.isArray()) {
      assertTrue(found.isArray(), where + ": " + found);
      for (int i = 0; i < expected.size(); i++) {
        if (expected.get(i).asText().equals("…")) {
          assertTrue(
              i < found.size() && (found.get(i).isNumber() || found.get(i).isArray()), where);
          return;
        }
        assertTrue(i < found.size(), where);
        assertLike(expected.get(i), found.get(i), where);
      }
      assertEquals(expected.size(), found.size(), where);
    } else if (expected.isObject()) {
      List<String> names = new ArrayList<>();
      found.fieldNames().forEachRemaining(names::add);
      List<String> shown = new ArrayList<>();
      expected.fieldNames().forEachRemaining(shown::add);
      assertEquals(shown, names, where);
      names.forEach(name -> assertLike(expected.get(name), found.get(name), where + " " + name));
    } else {
      assertEquals(expected, found, where);
    }
  }
}
