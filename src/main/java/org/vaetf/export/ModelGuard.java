package org.vaetf.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;

/**
 * A SavedModel is a program. Before TensorFlow, which is native code and trusts what it is given,
 * sees a stranger's, it is read and checked here: how its functions call each other, what its
 * constants claim, which operations it would run, and the files of its variables.
 */
final class ModelGuard {
  private static final long MOST_BYTES = Integer.MAX_VALUE - 8L;

  private ModelGuard() {}

  /**
   * Looks at a SavedModel.
   *
   * @param folder of the SavedModel
   * @throws ContractException if it is refused; says for what
   */
  static void check(Path folder) {
    Path file = folder.resolve("saved_model.pb");
    try {
      SavedModel model = parse(file);
      for (MetaGraphDef graph : model.getMetaGraphsList()) {
        new CallGuard(folder, graph.getGraphDef()).check();
        new ConstantGuard(folder, graph.getGraphDef(), Files.size(file)).check();
        new OperationGuard(folder, graph).check();
        new RestoreGuard(folder, graph).check();
        new VariableGuard(folder, graph.getGraphDef()).check();
      }
    } catch (IOException e) {
      throw new ContractException(
          folder,
          "a saved_model.pb that cannot be read (" + e.getClass().getSimpleName() + ")",
          "a SavedModel; export it again");
    }
  }

  /** From memory: protobuf's parser of streams answers some damage with other exceptions. */
  private static SavedModel parse(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException("larger than protobuf can hold");
    }
    return SavedModel.parseFrom(Files.readAllBytes(file));
  }
}
