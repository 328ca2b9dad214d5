package org.vaetf.tf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;

class MemoryExceptionTest {
  /** More bytes than a process can address, so that no system promises them. */
  private static final long TOO_MANY = 1L << 47;

  @Test
  void aCallThatTensorFlowHasNoMemoryForNamesItsBatch() {
    try (GraphSession session =
        GraphSession.build(
            Compute.defaults(),
            tf ->
                tf.withName("out")
                    .fill(
                        tf.constant(new long[] {TOO_MANY}),
                        tf.math.mean(
                            tf.withName("in")
                                .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 1))),
                            tf.constant(new int[] {0, 1}))))) {
      Samples rows = new Samples(RowShape.of(1), new float[3]);
      MemoryException e =
          assertThrows(
              MemoryException.class, () -> session.call().feed("in", rows).fetch("out").run());
      assertEquals(1, e.getMessage().lines().count());
      assertTrue(
          e.getMessage()
              .startsWith(
                  "TensorFlow ran out of memory on a batch of 3 rows (OOM when allocating tensor"),
          e.getMessage());
      assertTrue(
          e.getMessage()
              .endsWith("); lower the batch size or the network's widths, or end other programs"),
          e.getMessage());
    }
  }

  @Test
  void whatGivesJavaMoreDependsOnWhoRefused() {
    assertTrue(
        MemoryException.remedy(new OutOfMemoryError("Java heap space"))
            .matches("give Java more with -Xmx \\(now \\d+ MiB, as in java -Xmx8g\\)"));
    assertEquals(
        "lift JavaCPP's limit with -Dorg.bytedeco.javacpp.maxphysicalbytes=0",
        MemoryException.remedy(
            new OutOfMemoryError(
                "Physical memory usage is too high: physicalBytes (554M) > maxPhysicalBytes"
                    + " (512M)")));
  }
}
