package org.vaetf.model;

import org.vaetf.base.Check;

/**
 * Adam with ε = 1e-8 for weights that learn beside the model: Kingma and Ba, arXiv 1412.6980.
 *
 * @param learningRate η, above 0; the run's schedule scales it as it does the run's own
 * @param beta1 β₁, the share of the past in the mean of gradients, from 0, below 1
 * @param beta2 β₂, the share of the past in the mean of their squares, from 0, below 1
 */
public record Adam(double learningRate, double beta1, double beta2) {
  /**
   * Checks the settings.
   *
   * @param learningRate η, above 0; the run's schedule scales it as it does the run's own
   * @param beta1 β₁, the share of the past in the mean of gradients, from 0, below 1
   * @param beta2 β₂, the share of the past in the mean of their squares, from 0, below 1
   * @throws org.vaetf.base.ConfigException if one is out of range
   */
  public Adam {
    Check.positive("learningRate", learningRate);
    Check.fraction("beta1", beta1);
    Check.fraction("beta2", beta2);
  }
}
