package org.vaetf.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.vaetf.export.SavedModelVae;

class SharedModelsTest {
  private final DistributedModel model = LocalSpark.model("vae");

  @Test
  @Timeout(60)
  void aModelIsLoadedOnceAndClosedWhenNobodyUsesIt() throws InterruptedException {
    SharedModels models = new SharedModels(50);
    SharedModels.Lease first = models.take(model);
    SharedModels.Lease second = models.take(model);
    SavedModelVae vae = first.vae();
    assertSame(vae, second.vae());
    first.close();
    first.close();
    Thread.sleep(200);
    assertEquals(1, models.count(), "the second lease holds it");
    vae.sample(1, 0);
    second.close();
    while (models.count() > 0) {
      Thread.sleep(20);
    }
    assertThrows(IllegalStateException.class, () -> vae.sample(1, 0));
    try (SharedModels.Lease again = models.take(model)) {
      assertNotSame(vae, again.vae());
    }
  }

  @Test
  void anotherModelIsAnother() {
    SharedModels models = new SharedModels(0);
    try (SharedModels.Lease one = models.take(model);
        SharedModels.Lease other = models.take(LocalSpark.model("ae"))) {
      assertNotSame(one.vae(), other.vae());
      assertEquals(2, models.count());
    }
  }
}
