package org.vaetf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.vaetf.data.DataSplit;
import org.vaetf.data.Shapes;
import org.vaetf.train.EpochReport;
import org.vaetf.train.RunConfig;
import org.vaetf.train.TrainingConfig;

/** What is said of epochs, to a log and to a terminal. */
class TrainingDisplayTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Console console(boolean terminal, String... options) {
    return new Console(
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        terminal,
        Arguments.parse(new TrainCommand(), List.of(options)));
  }

  private static EpochReport report(int epoch, double loss, boolean best) {
    Map<String, Double> terms = Map.of("loss", loss);
    return new EpochReport(epoch, epoch * 3L, 0.5, 0.001, terms, terms, best, false);
  }

  private List<String> shown(Console console, String metric) {
    RunConfig config = RunConfig.defaults();
    config =
        new RunConfig(
            config.preset(),
            config.model(),
            config.data(),
            TrainingConfig.defaults().withEpochs(9).withMetric(metric));
    try (DataSplit data = new DataSplit(new Shapes(300, 8, 1), new Shapes(10, 8, 2));
        TrainingDisplay display = new TrainingDisplay(console, data)) {
      display.onStart(config, 3, 100, 0);
      display.onBatch(1, 1, OptionalDouble.empty());
      display.onEpoch(report(1, 95.5, true));
      display.onEpoch(report(2, 96.25, false));
      display.onEpoch(report(3, 94.125, true));
    }
    return err.toString(StandardCharsets.UTF_8).lines().filter(l -> l.contains("loss")).toList();
  }

  @Test
  void theBestEpochIsMarkedAndElseNamed() {
    List<String> lines = shown(console(false), "loss");
    assertEquals(3, lines.size());
    assertTrue(lines.get(0).matches("[-\\d]{10} [:\\d]{8}  epoch 1/9, step 3  .*  best"));
    assertTrue(lines.get(1).contains("loss 96.25|96.25 nats (train|test)  0.5 s, 600 rows/s"));
    assertTrue(lines.get(1).endsWith("  best 95.50 in epoch 1"), lines.get(1));
    assertTrue(lines.get(2).endsWith("rows/s  best"), lines.get(2));
  }

  @Test
  void noEpochIsTheBestWhereTheLastOneIsTaken() {
    for (String line : shown(console(false), TrainingConfig.LAST)) {
      assertTrue(line.endsWith("rows/s"), line);
    }
  }

  @Test
  void aTerminalSeesABarWithTheStepAndLinesWithoutTheTime() {
    List<String> lines = shown(console(true), "loss");
    assertTrue(lines.get(0).contains("epoch 1/9, step 3  loss 95.50|95.50"), lines.get(0));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("train"), "the bar");
    for (String line : lines) {
      assertTrue(!line.matches(".*\\d{4}-\\d\\d-\\d\\d .*"), line);
    }
  }

  @Test
  void quietSaysNothing() {
    shown(console(false, "--quiet"), "loss");
    assertEquals("", err.toString(StandardCharsets.UTF_8));
  }
}
