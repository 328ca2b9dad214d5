package org.vaetf.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.vaetf.base.AtomicOutput;
import org.vaetf.testing.Frozen;
import org.vaetf.testing.IndexWriter;
import org.vaetf.testing.OneLine;
import org.vaetf.tf.VariablesIndex;

/** SavedModels on which TensorFlow would crash, hang, take all memory or read other files. */
class ModelGuardTest {
  private static final int MANY = 60_000;

  @TempDir Path folder;
  private Path saved;

  @Test
  void theFrozenModelsPass() throws IOException {
    for (String name : Frozen.models()) {
      ModelGuard.check(Frozen.model(name, folder.resolve(name)));
    }
  }

  @Test
  void aFunctionThatCallsItself() throws IOException {
    change("dense", graph -> add(graph, function("one", "two"), function("two", "one")));
    OneLine.of(() -> SavedModelVae.load(saved), "call each other more than 64 deep");
  }

  @Test
  void aFunctionOfAThousandMillionOperations() throws IOException {
    change(
        "dense",
        graph -> {
          for (int i = 0; i < 30; i++) {
            add(graph, function("f" + i, "f" + (i + 1), "f" + (i + 1)));
          }
          add(graph, function("f30"));
        });
    OneLine.of(() -> SavedModelVae.load(saved), "more than 1000000 operations");
  }

  @Test
  void twoFunctionsOfOneName() throws IOException {
    change("dense", graph -> add(graph, function("one"), function("one")));
    OneLine.of(() -> SavedModelVae.load(saved), "two functions of one name");
  }

  /** What takes the square of a model's size takes hours for a large one. */
  @Test
  void aLargeModelTakesNoLongerThanItIsLarge() throws IOException {
    change(
        "dense",
        graph -> {
          AttrValue same = AttrValue.newBuilder().setS(ByteString.copyFromUtf8("same")).build();
          for (int i = 0; i < MANY; i++) {
            FunctionDef.Builder one = FunctionDef.newBuilder().putAttr("api_implements", same);
            one.setSignature(OpDef.newBuilder().setName("one" + i));
            FunctionDef.Builder restoring = FunctionDef.newBuilder();
            restoring.getSignatureBuilder().setName("r" + i).addInputArgBuilder().setName("path");
            restoring.addNodeDef(NodeDef.newBuilder().setOp("RestoreV2").addInput("path"));
            add(graph, one.build(), restoring.build());
          }
          graph.getGraphDefBuilder().addNode(NodeDef.newBuilder().setName("call").setOp("one0"));
          SignatureDef.Builder signature = SignatureDef.newBuilder();
          for (int i = 0; i < MANY; i++) {
            TensorInfo output = TensorInfo.newBuilder().setName("call:" + i).build();
            signature.putOutputs("output" + i, output);
          }
          graph.putSignatureDef("many", signature.build());
        });
    assertTimeout(Duration.ofSeconds(20), () -> ModelGuard.check(saved));
  }

  @Test
  void aProtobufNestedWithoutEnd() throws IOException {
    saved = Frozen.model("dense", folder.resolve("model"));
    ByteString nested = ByteString.EMPTY;
    for (int i = 0; i < 1000; i++) {
      nested = NameAttrList.newBuilder().putAttr("a", nest(nested)).build().toByteString();
    }
    GraphDef.Builder graph = GraphDef.newBuilder();
    graph.addNodeBuilder().putAttr("a", nest(nested));
    SavedModel.Builder model = SavedModel.newBuilder();
    model.addMetaGraphsBuilder().setGraphDef(graph);
    Files.write(saved.resolve("saved_model.pb"), model.build().toByteArray());
    OneLine.of(() -> SavedModelVae.load(saved), "cannot be read");
  }

  /** A function as an attribute, already written: as deep as one likes. */
  private static AttrValue nest(ByteString function) {
    return AttrValue.newBuilder()
        .setUnknownFields(
            UnknownFieldSet.newBuilder()
                .addField(
                    AttrValue.FUNC_FIELD_NUMBER,
                    UnknownFieldSet.Field.newBuilder().addLengthDelimited(function).build())
                .build())
        .build();
  }

  @Test
  void aConstantOfAMillionMillionZeros() throws IOException {
    constant(tensor -> tensor.setTensorShape(shape(1L << 40)).clearTensorContent().addFloatVal(0));
    OneLine.of(() -> SavedModelVae.load(saved), "larger than the file has room for");
  }

  @Test
  void aConstantWhoseSizeOverflows() throws IOException {
    constant(tensor -> tensor.setTensorShape(shape(1L << 40, 1L << 40)));
    OneLine.of(() -> SavedModelVae.load(saved), "with a size of 1099511627776");
  }

  @Test
  void aConstantOfANegativeSize() throws IOException {
    constant(tensor -> tensor.setTensorShape(shape(-5)));
    OneLine.of(() -> SavedModelVae.load(saved), "with a size of -5");
  }

  @Test
  void aConstantOfMoreValuesThanBytes() throws IOException {
    constant(
        tensor ->
            tensor.setTensorShape(shape(7)).setTensorContent(ByteString.copyFrom(new byte[8])));
    OneLine.of(() -> SavedModelVae.load(saved), "of 7 values in 8 bytes");
  }

  /** TensorFlow ends the process on this one. */
  @Test
  void aConstantOfAnotherTypeThanItsValues() throws IOException {
    constant(tensor -> tensor.setDtype(DataType.DT_INT32));
    OneLine.of(() -> SavedModelVae.load(saved), "of type DT_FLOAT with values of DT_INT32");
  }

  @Test
  void variablesOfAnotherFile() throws IOException {
    change(
        "python",
        graph -> {
          NodeDef path = NodeDef.newBuilder().setName("elsewhere").setOp("Const").build();
          graph.getGraphDefBuilder().addNode(path);
          String restore = graph.getSaverDef().getRestoreOpName();
          for (NodeDef.Builder node : graph.getGraphDefBuilder().getNodeBuilderList()) {
            if (node.getName().equals(restore)) {
              node.setInput(0, "elsewhere");
            }
          }
        });
    OneLine.of(() -> SavedModelVae.load(saved), "may read any file", "--trust");
  }

  @Test
  void variablesOfAFileThatAFunctionNames() throws IOException {
    change(
        "python",
        graph -> {
          for (FunctionDef.Builder function :
              graph.getGraphDefBuilder().getLibraryBuilder().getFunctionBuilderList()) {
            for (NodeDef.Builder node : function.getNodeDefBuilderList()) {
              if (node.getOp().equals("RestoreV2")) {
                node.setInput(0, "elsewhere:output:0");
              }
            }
          }
        });
    OneLine.of(() -> SavedModelVae.load(saved), "RestoreV2", "may read any file");
  }

  @Test
  void aVariableOfAnotherShapeThanItsFile() throws IOException {
    change(
        "python",
        graph -> {
          for (NodeDef.Builder node : graph.getGraphDefBuilder().getNodeBuilderList()) {
            if (node.getOp().equals("VarHandleOp")) {
              node.putAttr("shape", AttrValue.newBuilder().setShape(shape(1000, 1000)).build());
            }
          }
        });
    OneLine.of(() -> SavedModelVae.load(saved), "DT_FLOAT [1000, 1000]", "variables.index");
  }

  @Test
  void variablesWithoutFiles() throws IOException {
    change("python", graph -> {});
    Files.delete(saved.resolve("variables").resolve("variables.index"));
    OneLine.of(() -> SavedModelVae.load(saved), "a variable", "variables.index");
  }

  @Test
  void anIndexThatClaimsMoreThanItsFileHolds() throws IOException {
    forge(entry -> entry.toBuilder().setSize(1L << 40).setShape(shape(1L << 38)).build());
    forge(entry -> entry.toBuilder().setOffset(1L << 40).build());
    forge(entry -> entry.toBuilder().setOffset(-8).build());
    forge(entry -> entry.toBuilder().setShape(shape(-1)).build());
    forge(entry -> entry.toBuilder().setShape(shape(1L << 40, 1L << 40)).build());
    forge(entry -> entry.toBuilder().setShardId(7).build());
    forge(entry -> entry.toBuilder().setDtype(DataType.DT_RESOURCE).build());
  }

  /** What the writer of forged indexes writes is what TensorFlow reads. */
  @Test
  void anIndexWrittenAnewLoads() throws IOException {
    change("python", graph -> {});
    Path prefix = saved.resolve("variables").resolve("variables");
    Files.write(
        prefix.resolveSibling("variables.index"), IndexWriter.write(VariablesIndex.read(prefix)));
    try (SavedModelVae vae = SavedModelVae.load(saved)) {
      assertEquals(3, vae.latent());
    }
  }

  private void forge(UnaryOperator<BundleEntryProto> how) throws IOException {
    change("python", graph -> {});
    Path prefix = saved.resolve("variables").resolve("variables");
    Map<String, BundleEntryProto> entries = new TreeMap<>(VariablesIndex.read(prefix));
    entries.compute(
        entries.keySet().stream().skip(2).findFirst().orElseThrow(), (name, one) -> how.apply(one));
    Files.write(prefix.resolveSibling("variables.index"), IndexWriter.write(entries));
    OneLine.ofData(() -> SavedModelVae.load(saved), "a variable that its files do not hold");
    AtomicOutput.deleteTree(saved);
  }

  private void constant(Consumer<TensorProto.Builder> how) throws IOException {
    change(
        "dense",
        graph -> {
          NodeDef.Builder constant =
              graph.getGraphDefBuilder().getNodeBuilderList().stream()
                  .filter(node -> node.getOp().equals("Const"))
                  .filter(node -> node.getAttrOrThrow("dtype").getType() == DataType.DT_FLOAT)
                  .findFirst()
                  .orElseThrow();
          TensorProto.Builder tensor = constant.getAttrOrThrow("value").getTensor().toBuilder();
          how.accept(tensor);
          constant.putAttr("value", AttrValue.newBuilder().setTensor(tensor).build());
        });
  }

  private static TensorShapeProto shape(long... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : sizes) {
      shape.addDimBuilder().setSize(size);
    }
    return shape.build();
  }

  private static FunctionDef function(String name, String... called) {
    FunctionDef.Builder function =
        FunctionDef.newBuilder().setSignature(OpDef.newBuilder().setName(name));
    for (String one : called) {
      function
          .addNodeDefBuilder()
          .setOp("PartitionedCall")
          .putAttr(
              "f", AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(one)).build());
    }
    return function.addNodeDef(NodeDef.newBuilder().setOp("NoOp")).build();
  }

  private static void add(MetaGraphDef.Builder graph, FunctionDef... functions) {
    for (FunctionDef function : functions) {
      graph.getGraphDefBuilder().getLibraryBuilder().addFunction(function);
    }
  }

  private void change(String name, Consumer<MetaGraphDef.Builder> how) throws IOException {
    saved = Frozen.model(name, folder.resolve("model"));
    Path file = saved.resolve("saved_model.pb");
    SavedModel.Builder model = SavedModel.parseFrom(Files.readAllBytes(file)).toBuilder();
    how.accept(model.getMetaGraphsBuilder(0));
    Files.write(file, model.build().toByteArray());
  }
}
