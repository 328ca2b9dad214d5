package org.vaetf.serve;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vaetf.base.Json;
import org.vaetf.export.ModelSignature;
import org.vaetf.export.ScaledVae;

/** Status and metadata of the model, as TensorFlow Serving's answers have them. */
final class ModelPages {
  private final ServeConfig config;
  private final byte[] metadata;

  ModelPages(ServeConfig config, ScaledVae vae) {
    this.config = config;
    this.metadata = json(metadata(config, vae.signatures()));
  }

  /** Answers {@code GET /v1/models/NAME}. */
  byte[] status(boolean ending) {
    return json(
        Map.of(
            "model_version_status",
            List.of(
                ordered(
                    "version",
                    Long.toString(config.version()),
                    "state",
                    ending ? "UNLOADING" : "AVAILABLE",
                    "status",
                    ordered("error_code", "OK", "error_message", "")))));
  }

  /** Answers {@code GET /v1/models/NAME/metadata}. */
  byte[] metadata() {
    return metadata.clone();
  }

  private static Object metadata(ServeConfig config, Map<String, ModelSignature> signatures) {
    Map<String, Object> all = new LinkedHashMap<>();
    signatures.forEach(
        (name, signature) ->
            all.put(
                name,
                ordered(
                    "inputs",
                    tensors(signature.inputs()),
                    "outputs",
                    tensors(signature.outputs()),
                    "method_name",
                    signature.method())));
    return ordered(
        "model_spec",
        ordered(
            "name",
            config.name(),
            "signature_name",
            "",
            "version",
            Long.toString(config.version())),
        "metadata",
        // Twice by the same name: a map in a message in a map of messages.
        Map.of("signature_def", Map.of("signature_def", all)));
  }

  private static Map<String, Object> tensors(Map<String, ModelSignature.Tensor> tensors) {
    Map<String, Object> all = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) ->
            all.put(
                name,
                ordered(
                    "dtype",
                    tensor.type(),
                    "tensor_shape",
                    ordered(
                        "dim",
                        tensor.sizes().orElse(List.of()).stream()
                            .map(size -> ordered("size", Long.toString(size), "name", ""))
                            .toList(),
                        "unknown_rank",
                        tensor.sizes().isEmpty()),
                    "name",
                    tensor.name())));
    return all;
  }

  private static Map<String, Object> ordered(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }

  private static byte[] json(Object value) {
    return Json.writeLine(value).getBytes(StandardCharsets.UTF_8);
  }
}
