package org.vaetf.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.vaetf.base.RowShape;
import org.vaetf.base.VaeException;
import org.vaetf.data.Scaling;
import org.vaetf.testing.TinyModel;
import org.vaetf.tf.SavedModelFile;

/** What is no model of the contract is refused in one line that says what was found. */
class BadModelTest {
  private static final int WIDTH = 4;
  private static final int LATENT = 2;

  @TempDir Path folder;

  @Test
  void theSoundModelOfThisTestLoads() throws IOException {
    write(signatures -> signatures);
    try (SavedModelVae vae = SavedModelVae.load(folder)) {
      assertEquals(LATENT, vae.latent());
    }
  }

  @Test
  void nothingThere() {
    assertRefused(folder.resolve("no"), "found nothing", "expected a SavedModel");
  }

  @Test
  void anEmptyFolder() {
    assertRefused(folder, "a folder without saved_model.pb", "a run folder");
  }

  @Test
  void aTextFile() throws IOException {
    Path file = Files.writeString(folder.resolve("model.txt"), "hello");
    assertRefused(file, "found a file", "expected a SavedModel");
  }

  @Test
  void aTextFileNamedAsTheModel() throws IOException {
    write(signatures -> signatures);
    Files.writeString(folder.resolve("saved_model.pb"), "hello\nworld");
    assertRefused(folder, folder.toString(), "export it again");
  }

  @Test
  void aTruncatedModel() throws IOException {
    write(signatures -> signatures);
    Path file = folder.resolve("saved_model.pb");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused(folder, folder.toString(), "export it again");
  }

  @Test
  void noManifest() throws IOException {
    write(signatures -> signatures);
    Files.delete(folder.resolve("assets.extra").resolve("vae.json"));
    assertRefused(folder, "no assets.extra/vae.json", "the manifest");
  }

  @Test
  void aManifestOfAnotherContract() throws IOException {
    write(signatures -> signatures);
    Path manifest = folder.resolve("assets.extra").resolve("vae.json");
    Files.writeString(
        manifest, Files.readString(manifest).replace("\"contract\" : 1", "\"contract\" : 7"));
    assertRefused(folder, "contract version 7", "version 1");
  }

  @Test
  void aManifestThatIsNoJson() throws IOException {
    write(signatures -> signatures);
    Files.writeString(folder.resolve("assets.extra").resolve("vae.json"), "{\"contract\":");
    assertRefused(folder, "vae.json:1:", "is not JSON");
  }

  @Test
  void aManifestWithoutShape() throws IOException {
    write(signatures -> signatures);
    Files.writeString(
        folder.resolve("assets.extra").resolve("vae.json"), "{\"contract\": 1, \"data\": {}}");
    assertRefused(folder, "vae.json", "data.shape");
  }

  @Test
  void aMissingSignature() throws IOException {
    for (String name :
        List.of("serving_default", "reconstruct", "encode", "decode", "sample", "score")) {
      write(
          signatures ->
              signatures.stream().filter(signature -> !signature.name().equals(name)).toList());
      VaeException refused = assertRefused(folder, "found the signatures", "one named " + name);
      assertTrue(!((ContractException) refused).found().contains(name + ","), refused.getMessage());
    }
  }

  @Test
  void aMissingOutput() throws IOException {
    write(
        signatures ->
            changed(signatures, "score", inputs -> inputs, outputs -> without(outputs, "kl")));
    assertRefused(folder, "signature score with output kl missing", "expected kl float32 [-1]");
  }

  @Test
  void aMissingInput() throws IOException {
    write(
        signatures ->
            changed(signatures, "score", inputs -> without(inputs, "samples"), outputs -> outputs));
    assertRefused(
        folder, "signature score with input samples missing", "expected samples int32 []");
  }

  @Test
  void anInputTooMany() throws IOException {
    write(
        signatures ->
            changed(
                signatures,
                "encode",
                inputs -> with(inputs, "label", inputs.get("x")),
                outputs -> outputs));
    assertRefused(folder, "signature encode with an input label", "the inputs [x]");
  }

  @Test
  void anOutputOfAnotherWidth() throws IOException {
    write(
        signatures ->
            changed(
                signatures,
                "encode",
                inputs -> inputs,
                outputs -> with(outputs, "mean", inputOf(signatures, "reconstruct", "x"))));
    assertRefused(
        folder,
        "signature encode with output mean float32 [-1, 4]",
        "expected mean float32 [-1, 2]");
  }

  @Test
  void anInputOfAnotherType() throws IOException {
    write(
        signatures ->
            changed(
                signatures,
                "sample",
                inputs -> with(inputs, "count", inputOf(signatures, "double", "x")),
                outputs -> outputs));
    assertRefused(
        folder, "signature sample with input count float64 []", "expected count int32 []");
  }

  @Test
  void aShapeThatIsNotTheManifests() throws IOException {
    write(signatures -> signatures);
    TinyModel.manifest(RowShape.of(5), Scaling.none()).writeTo(folder);
    assertRefused(folder, "x float32 [-1, 4]", "x float32 [-1, 5]");
  }

  private static VaeException assertRefused(Path path, String found, String expected) {
    VaeException refused = assertThrows(VaeException.class, () -> SavedModelVae.load(path).close());
    assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
    assertTrue(refused.getMessage().contains(path.toString()), refused.getMessage());
    assertTrue(refused.getMessage().contains(found), refused.getMessage());
    assertTrue(refused.getMessage().contains(expected), refused.getMessage());
    return refused;
  }

  /** A model whose results mean nothing, with signatures to break. */
  private void write(UnaryOperator<List<SavedModelFile.Signature>> change) throws IOException {
    SavedModelFile.write(
        folder,
        tf ->
            change.apply(signatures(tf)).stream()
                .filter(signature -> !signature.name().equals("double"))
                .toList());
    TinyModel.manifest(RowShape.of(WIDTH), Scaling.none()).writeTo(folder);
  }

  private static List<SavedModelFile.Signature> signatures(Ops tf) {
    Operand<?> x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, WIDTH)));
    Operand<?> z = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, LATENT)));
    Operand<?> row = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1)));
    Operand<?> count = tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
    Operand<?> seed = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
    Operand<?> real = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.scalar()));
    Map<String, Operand<?>> scores = new LinkedHashMap<>();
    List.of("elbo", "reconstruction", "kl", "log_likelihood")
        .forEach(name -> scores.put(name, row));
    Map<String, Operand<?>> reconstruction = Map.of("reconstruction", x);
    return List.of(
        new SavedModelFile.Signature("serving_default", Map.of("x", x), reconstruction),
        new SavedModelFile.Signature("reconstruct", Map.of("x", x), reconstruction),
        new SavedModelFile.Signature(
            "encode", Map.of("x", x), Map.of("mean", z, "log_variance", z)),
        new SavedModelFile.Signature("decode", Map.of("z", z), Map.of("x", x)),
        new SavedModelFile.Signature(
            "sample", Map.of("count", count, "seed", seed), Map.of("x", x, "z", z)),
        new SavedModelFile.Signature(
            "score", Map.of("x", x, "samples", count, "seed", seed), scores),
        new SavedModelFile.Signature("double", Map.of("x", real), Map.of()));
  }

  private static Operand<?> inputOf(
      List<SavedModelFile.Signature> signatures, String name, String input) {
    return signatures.stream()
        .filter(signature -> signature.name().equals(name))
        .findFirst()
        .orElseThrow()
        .inputs()
        .get(input);
  }

  private static List<SavedModelFile.Signature> changed(
      List<SavedModelFile.Signature> signatures,
      String name,
      UnaryOperator<Map<String, Operand<?>>> inputs,
      UnaryOperator<Map<String, Operand<?>>> outputs) {
    List<SavedModelFile.Signature> all = new ArrayList<>();
    for (SavedModelFile.Signature signature : signatures) {
      all.add(
          signature.name().equals(name)
              ? new SavedModelFile.Signature(
                  name, inputs.apply(signature.inputs()), outputs.apply(signature.outputs()))
              : signature);
    }
    return all;
  }

  private static Map<String, Operand<?>> without(Map<String, Operand<?>> map, String key) {
    Map<String, Operand<?>> rest = new LinkedHashMap<>(map);
    rest.remove(key);
    return rest;
  }

  private static Map<String, Operand<?>> with(
      Map<String, Operand<?>> map, String key, Operand<?> value) {
    Map<String, Operand<?>> more = new LinkedHashMap<>(map);
    more.put(key, value);
    return more;
  }
}
