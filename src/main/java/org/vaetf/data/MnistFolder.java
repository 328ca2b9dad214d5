package org.vaetf.data;

import java.nio.file.Path;
import java.util.Optional;
import org.vaetf.base.DataException;

/** A folder with files named as MNIST's are, gzip or not: those of the test rows may be missing. */
final class MnistFolder {
  private final Path folder;

  MnistFolder(Path folder) {
    this.folder = folder;
  }

  /** Whether there are training images by MNIST's name. */
  boolean isPresent() {
    return train().isPresent();
  }

  private Optional<Path> train() {
    return Idx.find(folder.resolve("train-images-idx3-ubyte"));
  }

  private Optional<Path> test() {
    return Idx.find(folder.resolve("t10k-images-idx3-ubyte"));
  }

  /** The rows to learn from. */
  DataSet openTrain() {
    return Formats.open(
        train()
            .orElseThrow(
                () -> new DataException(folder, "has no file train-images-idx3-ubyte[.gz]")),
        ReadOptions.defaults());
  }

  /** The rows to test on, where there are any. */
  Optional<DataSet> openTest() {
    return test().map(path -> Formats.open(path, ReadOptions.defaults()));
  }

  /** Both. */
  DataSplit open(String name) {
    DataSet test =
        openTest()
            .orElseThrow(
                () -> new DataException(name, "has no file t10k-images-idx3-ubyte in " + folder));
    return new DataSplit(new NamedDataSet(name, openTrain()), new NamedDataSet(name, test));
  }
}
