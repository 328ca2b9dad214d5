package org.vaetf.sampler;

import java.nio.file.Path;
import java.util.Map;
import org.vaetf.export.ExportedModel;
import org.vaetf.export.Manifest;

/**
 * A sampler and the model whose latent space it is fitted to.
 *
 * @param model as it was exported
 * @param fit the sampler's form and numbers
 * @param description what the manifest will say of it
 */
public record FittedSampler(ExportedModel model, Sampler.Fit fit, Manifest.Sampler description) {

  /**
   * What is known of the fit.
   *
   * @return by name; densities in nats
   */
  public Map<String, Double> metrics() {
    return description.metrics();
  }

  /**
   * Writes the model with this sampler in its signature {@code sample}, whole or not at all.
   *
   * @param folder of the SavedModel, in place of one that is there, which may be the model's own
   * @throws org.vaetf.base.VaeException if it cannot be written; what was there stays
   */
  public void writeTo(Path folder) {
    fit.sampler()
        .ifPresentOrElse(
            sampler -> model.write(folder, sampler, fit.weights(), description),
            () -> model.writeWithPrior(folder));
  }
}
