package org.vaetf.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaetf.tf.Compute;
import org.vaetf.tf.Device;

class TrainingConfigTest {

  @ParameterizedTest
  @CsvSource({
    "0, 1, cpu, 2",
    "0, 128, cpu, 2",
    "0, 1023, cpu, 2",
    "0, 1024, cpu, 4",
    "0, 2047, cpu, 4",
    "0, 2048, cpu, 8",
    "0, 100000, cpu, 8",
    "0, 2048, gpu:1, 1",
    "3, 128, cpu, 3",
    "3, 128, gpu, 3"
  })
  void towers(int asked, int batch, String device, int expected) {
    assertEquals(
        expected,
        TrainingConfig.defaults()
            .withTowers(asked)
            .withBatch(batch)
            .withCompute(new Compute(Device.of(device), 0))
            .resolvedTowers());
  }
}
