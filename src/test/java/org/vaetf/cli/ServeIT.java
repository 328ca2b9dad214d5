package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.export.Generated;
import org.vaetf.export.SavedModelVae;
import org.vaetf.interop.Python;

/** The packaged jar serves Python clients of TensorFlow Serving, and ends well. */
class ServeIT {
  private static final Path MODEL = Path.of("saved_models/mnist-2d");
  private static final float[] POINT = {0.5f, -1.25f};

  @TempDir Path folder;

  @Test
  void aPythonClientIsToldWhatTheLibrarySays() throws Exception {
    Python.require();
    JarProcess serve =
        JarProcess.start(
            folder, "serve", "--model", MODEL.toAbsolutePath().toString(), "--port", "0");
    try {
      Path questions = folder.resolve("questions.json");
      Files.writeString(
          questions,
          """
          [{"signature_name": "decode", "instances": [[0.5, -1.25]]},
           {"signature_name": "decode", "inputs": {"z": [[0.5, -1.25]]}},
           {"signature_name": "sample", "inputs": {"count": 3, "seed": [7, 0]}},
           {"signature_name": "unknown", "instances": [[0.5, -1.25]]},
           {"instances": [1]}]
          """);
      Path answers = folder.resolve("answers.json");
      Python.run(
          folder,
          "tools/serve/client.py",
          address(serve),
          questions.toString(),
          answers.toString());
      JsonNode found = new ObjectMapper().readTree(answers.toFile());
      assertEquals(
          List.of(200, 200, 200, 200, 200, 400, 400),
          StreamSupport.stream(found.spliterator(), false).map(a -> a.get(0).intValue()).toList());
      assertEquals(
          "AVAILABLE",
          found.get(0).get(1).get("model_version_status").get(0).get("state").textValue());
      assertEquals("mnist-2d", found.get(1).get(1).get("model_spec").get("name").textValue());
      try (SavedModelVae vae = SavedModelVae.load(MODEL)) {
        float[] picture = vae.scaled().decode(new Samples(RowShape.of(2), POINT)).values();
        assertArrayEquals(picture, floats(found.get(2).get(1).get("predictions")));
        assertArrayEquals(picture, floats(found.get(3).get(1).get("outputs")));
        Generated drawn = vae.scaled().sample(3, new long[] {7, 0});
        assertArrayEquals(drawn.x().values(), floats(found.get(4).get(1).get("outputs").get("x")));
        assertArrayEquals(drawn.z().values(), floats(found.get(4).get(1).get("outputs").get("z")));
      }
      assertTrue(
          found.get(5).get(1).get("error").textValue().startsWith("signature_name is 'unknown'"));
      assertEquals(
          "x is 1; expected a list of 28 values", found.get(6).get(1).get("error").textValue());
    } finally {
      // SIGTERM, as a supervisor sends it.
      serve.process().destroy();
    }
    JarProcess.Ended ended = serve.end();
    assertEquals(Main.INTERRUPTED, ended.status());
    assertEquals("Ctrl-C ends it\nanswering what waits, 20 seconds at most\n", ended.err());
  }

  private static String address(JarProcess serve) throws Exception {
    for (int i = 0; i < 3000 && !Files.readString(serve.out()).endsWith("\n"); i++) {
      assertTrue(serve.process().isAlive(), () -> "the server runs");
      Thread.sleep(20);
    }
    return Files.readString(serve.out()).strip();
  }

  private static float[] floats(JsonNode node) {
    List<Float> values =
        node.isArray()
            ? StreamSupport.stream(node.spliterator(), false)
                .flatMap(
                    inner -> {
                      float[] some = floats(inner);
                      return IntStream.range(0, some.length).mapToObj(i -> some[i]);
                    })
                .toList()
            : List.of((float) node.doubleValue());
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }
}
