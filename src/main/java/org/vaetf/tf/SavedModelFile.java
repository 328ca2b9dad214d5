package org.vaetf.tf;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * Writes {@code saved_model.pb} from a graph without variables: its weights are constants, so
 * nothing has to be initialised or restored, two models never share a name, and TensorFlow may fold
 * what does not depend on an input. The bytes depend on the graph alone.
 */
public final class SavedModelFile {
  private static final String PREDICT = "tensorflow/serving/predict";
  private static final int SCHEMA_VERSION = 1;

  private SavedModelFile() {}

  /**
   * One way to call the model.
   *
   * @param name the signature's key
   * @param inputs placeholders by the name a caller uses
   * @param outputs results by the name a caller uses
   */
  public record Signature(
      String name, Map<String, Operand<?>> inputs, Map<String, Operand<?>> outputs) {}

  /**
   * Builds a graph and writes it.
   *
   * @param folder an existing folder, to hold {@code saved_model.pb}
   * @param builder adds the operations and says how to call them
   * @throws IOException if the file cannot be written
   */
  public static void write(Path folder, Function<Ops, List<Signature>> builder) throws IOException {
    OperationNames.requirePlainDigits();
    NativeLibraries.unpack();
    try (Graph graph = new Graph()) {
      List<Signature> signatures = builder.apply(Ops.create(graph));
      MetaGraphDef.Builder meta =
          MetaGraphDef.newBuilder()
              .setMetaInfoDef(
                  MetaGraphDef.MetaInfoDef.newBuilder()
                      .addTags(SavedModelBundle.DEFAULT_TAG)
                      .setTensorflowVersion(TensorFlow.version()))
              .setGraphDef(ordered(graph.toGraphDef()));
      signatures.forEach(
          signature -> meta.putSignatureDef(signature.name(), definition(signature)));
      SavedModel model =
          SavedModel.newBuilder()
              .setSavedModelSchemaVersion(SCHEMA_VERSION)
              .addMetaGraphs(meta)
              .build();
      try (OutputStream file = Files.newOutputStream(folder.resolve("saved_model.pb"))) {
        CodedOutputStream out = CodedOutputStream.newInstance(file);
        out.useDeterministicSerialization();
        model.writeTo(out);
        out.flush();
      }
    }
  }

  /**
   * The graph with the nodes of its functions in order of name: TensorFlow's Java API gathers them
   * in a hash set, in another order each time. Their order means nothing.
   */
  private static GraphDef ordered(GraphDef graph) {
    GraphDef.Builder ordered = graph.toBuilder();
    for (FunctionDef.Builder function : ordered.getLibraryBuilder().getFunctionBuilderList()) {
      List<NodeDef> nodes = new ArrayList<>(function.getNodeDefList());
      nodes.sort(Comparator.comparing(NodeDef::getName));
      function.clearNodeDef().addAllNodeDef(nodes);
    }
    return ordered.build();
  }

  private static SignatureDef definition(Signature signature) {
    SignatureDef.Builder definition = SignatureDef.newBuilder().setMethodName(PREDICT);
    signature.inputs().forEach((name, input) -> definition.putInputs(name, info(input)));
    signature.outputs().forEach((name, output) -> definition.putOutputs(name, info(output)));
    return definition.build();
  }

  private static TensorInfo info(Operand<?> operand) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    Shape sizes = operand.shape();
    if (sizes.isUnknown()) {
      shape.setUnknownRank(true);
    } else {
      for (long size : sizes.asArray()) {
        shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
      }
    }
    return TensorInfo.newBuilder()
        .setName(operand.op().name() + ":" + operand.asOutput().index())
        .setDtype(operand.asOutput().dataType())
        .setTensorShape(shape)
        .build();
  }
}
