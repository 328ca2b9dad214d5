package org.vaetf.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vaetf.train.RunFolder;
import org.vaetf.train.RunMetrics;

/** A run's {@code metrics.csv}, written by hand. */
public final class MetricsCsv {
  /** The columns of an evidence bound. */
  public static final String HEADER =
      "epoch,step,seconds,learning_rate,train_loss_nats,train_reconstruction_error_nats,"
          + "train_kl_nats,test_loss_nats,test_reconstruction_error_nats,test_kl_nats\n";

  private MetricsCsv() {}

  /** What a run reads whose file holds this. */
  public static RunMetrics read(Path folder, String text) throws IOException {
    Files.writeString(folder.resolve("metrics.csv"), text);
    return new RunFolder(folder).readMetrics();
  }

  /** Three epochs, of which the second is best. */
  public static RunMetrics three(Path folder) throws IOException {
    return read(
        folder,
        HEADER
            + "1,10,0.5,0.001,30,25,5,20,16,4\n"
            + "2,20,0.25,0.001,15,12,3,12,9,3.5\n"
            + "3,30,0.25,0.001,14,12,2,13,9.5,3.25\n");
  }
}
