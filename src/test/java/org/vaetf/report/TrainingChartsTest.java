package org.vaetf.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaetf.plot.Curve;
import org.vaetf.testing.MetricsCsv;
import org.vaetf.train.RunMetrics;

/** The curves are what metrics.csv holds. */
class TrainingChartsTest {
  @TempDir Path folder;

  @Test
  void chartsShowTheseVeryNumbers() throws IOException {
    RunMetrics metrics = MetricsCsv.three(folder);
    List<Curve> loss = TrainingCharts.lossCurves(metrics, "loss", "loss");
    assertEquals(
        List.of("training", "test", "best epoch: 2"), loss.stream().map(Curve::name).toList());
    assertArrayEquals(metrics.epochs(), loss.get(0).x());
    assertArrayEquals(new double[] {30, 15, 14}, loss.get(0).y());
    assertArrayEquals(new double[] {20, 12, 13}, loss.get(1).y());
    assertArrayEquals(new double[] {2}, loss.get(2).x());
    assertArrayEquals(new double[] {12}, loss.get(2).y());
    List<Curve> rate = TrainingCharts.rateCurves(metrics, "loss");
    assertArrayEquals(new double[] {4, 3.5, 3.25}, rate.get(1).x());
    assertArrayEquals(new double[] {16, 9, 9.5}, rate.get(1).y());
    assertArrayEquals(new double[] {3.5}, rate.get(3).x());
    // Along the faint line rate and distortion add up to 12.5.
    for (int i = 0; i < rate.get(0).x().length; i++) {
      assertEquals(12.5, rate.get(0).x()[i] + rate.get(0).y()[i], 1e-12);
    }
  }

  @Test
  void anObjectiveWithoutKlHasNoRate() throws IOException {
    String header =
        "epoch,step,seconds,learning_rate,train_loss_nats,train_reconstruction_error_nats,"
            + "test_loss_nats,test_reconstruction_error_nats\n";
    RunMetrics metrics = MetricsCsv.read(folder, header + "1,10,0.5,0.001,25,25,16,16\n");
    assertFalse(TrainingCharts.hasRate(metrics));
    assertTrue(TrainingCharts.hasRate(MetricsCsv.three(folder)));
    // One panel: the reconstruction error is the loss.
    assertEquals(480, TrainingCharts.loss(metrics, "loss").getWidth());
  }
}
