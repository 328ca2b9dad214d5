package org.vaetf.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * The signatures of the contract. Tag {@code serve}; float32 unless said; the batch unknown; {@code
 * x} in the model's scaled space, images NHWC.
 *
 * <table>
 *   <caption>Signatures</caption>
 *   <tr><th>name</th><th>inputs</th><th>outputs</th></tr>
 *   <tr><td>{@code serving_default} = {@code reconstruct}</td><td>{@code x}</td><td>{@code reconstruction}</td></tr>
 *   <tr><td>{@code encode}</td><td>{@code x}</td><td>{@code mean}, {@code log_variance} [batch, latent]</td></tr>
 *   <tr><td>{@code decode}</td><td>{@code z} [batch, latent]</td><td>{@code x}</td></tr>
 *   <tr><td>{@code sample}</td><td>{@code count} int32 [], {@code seed} int64 [2]</td><td>{@code x}, {@code z}</td></tr>
 *   <tr><td>{@code score}</td><td>{@code x}, {@code samples} int32 [], {@code seed} int64 [2]</td>
 *     <td>a row, in nats: {@code elbo}, {@code reconstruction}, {@code kl}, {@code log_likelihood}</td></tr>
 * </table>
 *
 * <p>A conditional model, one whose manifest says of how many classes its labels are, has one more
 * input in every signature: {@code label} int64 {@code [batch]}, in {@code sample} {@code [count]}.
 */
public final class Contract {
  /** The version this library writes and reads. */
  public static final int VERSION = 1;

  static final String SERVING_DEFAULT = "serving_default";
  static final String RECONSTRUCT = "reconstruct";
  static final String ENCODE = "encode";
  static final String DECODE = "decode";
  static final String SAMPLE = "sample";
  static final String SCORE = "score";

  static final String X = "x";
  static final String Z = "z";
  static final String RECONSTRUCTION = "reconstruction";
  static final String MEAN = "mean";
  static final String LOG_VARIANCE = "log_variance";
  static final String COUNT = "count";
  static final String LABEL = "label";
  static final String SEED = "seed";
  static final String SAMPLES = "samples";
  static final String ELBO = "elbo";
  static final String KL = "kl";
  static final String LOG_LIKELIHOOD = "log_likelihood";

  private Contract() {}

  /** A tensor that a signature must have: type and sizes, -1 for any. */
  private record Tensor(DataType type, List<Long> sizes) {

    boolean matches(TensorInfo found) {
      TensorShapeProto shape = found.getTensorShape();
      if (found.getDtype() != type
          || shape.getUnknownRank()
          || shape.getDimCount() != sizes.size()) {
        return false;
      }
      for (int i = 0; i < sizes.size(); i++) {
        long size = shape.getDim(i).getSize();
        if (sizes.get(i) != -1 && size != -1 && size != sizes.get(i)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String toString() {
      return describe(type, sizes);
    }
  }

  /**
   * Checks every signature of a loaded SavedModel.
   *
   * @param folder names the model in messages
   * @param signatures as loaded
   * @param manifest says the shape of a row, and whether the model is conditional
   * @return the number of latent dimensions
   * @throws ContractException if a signature is missing or misshapen
   */
  static int check(Path folder, Map<String, SignatureDef> signatures, Manifest manifest) {
    TensorInfo z = require(folder, signatures, DECODE).getInputsMap().get(Z);
    if (z == null
        || z.getTensorShape().getDimCount() != 2
        || z.getTensorShape().getDim(1).getSize() < 1) {
      throw new ContractException(
          folder,
          "signature decode with input z " + (z == null ? "missing" : describe(z)),
          "z float32 [batch, latent] with a known latent size");
    }
    long latent = z.getTensorShape().getDim(1).getSize();
    Tensor x =
        batchOf(manifest.data().shape().dimensions().stream().map(Integer::longValue).toList());
    Tensor point = batchOf(List.of(latent));
    Tensor number = batchOf(List.of());
    Tensor count = new Tensor(DataType.DT_INT32, List.of());
    Tensor seed = new Tensor(DataType.DT_INT64, List.of(2L));
    Map<String, Tensor> scores = new LinkedHashMap<>();
    List.of(ELBO, RECONSTRUCTION, KL, LOG_LIKELIHOOD).forEach(name -> scores.put(name, number));
    Map<String, Tensor> label =
        manifest.classes().count() > 0
            ? Map.of(LABEL, new Tensor(DataType.DT_INT64, List.of(-1L)))
            : Map.of();
    Checked checked = new Checked(folder, signatures, label);
    for (String name : List.of(SERVING_DEFAULT, RECONSTRUCT)) {
      checked.signature(name, Map.of(X, x), Map.of(RECONSTRUCTION, x));
    }
    checked.signature(ENCODE, Map.of(X, x), Map.of(MEAN, point, LOG_VARIANCE, point));
    checked.signature(DECODE, Map.of(Z, point), Map.of(X, x));
    checked.signature(SAMPLE, Map.of(COUNT, count, SEED, seed), Map.of(X, x, Z, point));
    checked.signature(SCORE, Map.of(X, x, SAMPLES, count, SEED, seed), scores);
    return Math.toIntExact(latent);
  }

  /**
   * Checks that the graph has the tensors that the signatures name.
   *
   * @param folder names the model in messages
   * @param signatures as loaded, and found to be of the contract
   * @param has whether the graph has a tensor of that name
   * @throws ContractException if one is not there
   */
  static void requireTensors(
      Path folder, Map<String, SignatureDef> signatures, Predicate<String> has) {
    for (String name : List.of(SERVING_DEFAULT, RECONSTRUCT, ENCODE, DECODE, SAMPLE, SCORE)) {
      SignatureDef signature = signatures.get(name);
      Stream.of(signature.getInputsMap(), signature.getOutputsMap())
          .flatMap(tensors -> tensors.values().stream())
          .map(TensorInfo::getName)
          .filter(has.negate())
          .findFirst()
          .ifPresent(
              tensor -> {
                throw new ContractException(
                    folder,
                    "signature " + name + " of a tensor '" + tensor + "' that is not in the graph",
                    "tensors of the graph; export it again");
              });
    }
  }

  /**
   * Signatures under check.
   *
   * @param folder names the model in messages
   * @param signatures as loaded
   * @param everywhere inputs that every signature must have
   */
  private record Checked(
      Path folder, Map<String, SignatureDef> signatures, Map<String, Tensor> everywhere) {

    void signature(String name, Map<String, Tensor> own, Map<String, Tensor> outputs) {
      SignatureDef signature = require(folder, signatures, name);
      Map<String, Tensor> inputs = new TreeMap<>(own);
      inputs.putAll(everywhere);
      check(folder, name, "input", signature.getInputsMap(), inputs);
      check(folder, name, "output", signature.getOutputsMap(), outputs);
      for (String input : signature.getInputsMap().keySet()) {
        if (!inputs.containsKey(input)) {
          throw new ContractException(
              folder,
              "signature " + name + " with an input " + input,
              "the inputs " + inputs.keySet());
        }
      }
    }
  }

  private static void check(
      Path folder,
      String signature,
      String role,
      Map<String, TensorInfo> found,
      Map<String, Tensor> expected) {
    expected.forEach(
        (name, tensor) -> {
          TensorInfo info = found.get(name);
          if (info == null || !tensor.matches(info)) {
            throw new ContractException(
                folder,
                "signature "
                    + signature
                    + " with "
                    + role
                    + " "
                    + name
                    + " "
                    + (info == null ? "missing" : describe(info)),
                name + " " + tensor);
          }
        });
  }

  private static SignatureDef require(
      Path folder, Map<String, SignatureDef> signatures, String name) {
    SignatureDef signature = signatures.get(name);
    if (signature == null) {
      throw new ContractException(
          folder,
          "the signatures " + new TreeSet<>(signatures.keySet()),
          "one named " + name + "; export the model with vae-tf");
    }
    return signature;
  }

  private static Tensor batchOf(List<Long> sizes) {
    List<Long> all = new ArrayList<>(List.of(-1L));
    all.addAll(sizes);
    return new Tensor(DataType.DT_FLOAT, all);
  }

  private static String describe(TensorInfo info) {
    TensorShapeProto shape = info.getTensorShape();
    return shape.getUnknownRank()
        ? describe(info.getDtype(), List.of()) + " of unknown rank"
        : describe(
            info.getDtype(),
            shape.getDimList().stream().map(TensorShapeProto.Dim::getSize).toList());
  }

  private static String describe(DataType type, List<Long> sizes) {
    String name =
        switch (type) {
          case DT_FLOAT -> "float32";
          case DT_DOUBLE -> "float64";
          case DT_INT32 -> "int32";
          case DT_INT64 -> "int64";
          default -> type.name();
        };
    return name + " " + sizes;
  }
}
