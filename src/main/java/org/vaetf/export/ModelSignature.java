package org.vaetf.export;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * One way to call a SavedModel, as it stands in the file.
 *
 * @param method what TensorFlow Serving may use it for, as {@code tensorflow/serving/predict}
 * @param inputs by the name a caller uses, in order of name
 * @param outputs by the name a caller uses, in order of name
 */
public record ModelSignature(
    String method, Map<String, Tensor> inputs, Map<String, Tensor> outputs) {

  /**
   * A tensor of the graph.
   *
   * @param name in the graph, {@code operation:output}
   * @param type by TensorFlow's name, as {@code DT_FLOAT}
   * @param sizes outermost first, -1 for any; empty where their number is not known
   */
  public record Tensor(String name, String type, Optional<List<Long>> sizes) {}

  static ModelSignature of(SignatureDef signature) {
    return new ModelSignature(
        signature.getMethodName(),
        tensors(signature.getInputsMap()),
        tensors(signature.getOutputsMap()));
  }

  private static Map<String, Tensor> tensors(Map<String, TensorInfo> infos) {
    Map<String, Tensor> tensors = new TreeMap<>();
    infos.forEach(
        (name, info) ->
            tensors.put(
                name,
                new Tensor(info.getName(), info.getDtype().name(), sizes(info.getTensorShape()))));
    return tensors;
  }

  private static Optional<List<Long>> sizes(TensorShapeProto shape) {
    return shape.getUnknownRank()
        ? Optional.empty()
        : Optional.of(shape.getDimList().stream().map(TensorShapeProto.Dim::getSize).toList());
  }
}
