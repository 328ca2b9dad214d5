package org.vaetf.zoo;

import java.util.Map;
import org.vaetf.base.Check;

/**
 * What the catalogue says of a model.
 *
 * @param name what it is called, {@code mnist-2d}
 * @param title what it is, in one line
 * @param preset that it was trained as
 * @param data that it was trained on, as {@code --data} takes them
 * @param latent dimensions of its latent space
 * @param bytes of its SavedModel, all files together
 * @param metrics what {@code evaluate} gives on rows that it has not learned from, by the names of
 *     {@code evaluate --json}: means, in nats unless the name says otherwise
 */
public record ZooModel(
    String name,
    String title,
    String preset,
    String data,
    int latent,
    long bytes,
    Map<String, Double> metrics) {

  /**
   * Checks that all is there.
   *
   * @param name what it is called, {@code mnist-2d}
   * @param title what it is, in one line
   * @param preset that it was trained as
   * @param data that it was trained on, as {@code --data} takes them
   * @param latent dimensions of its latent space
   * @param bytes of its SavedModel, all files together
   * @param metrics what {@code evaluate} gives on rows that it has not learned from, by the names
   *     of {@code evaluate --json}: means, in nats unless the name says otherwise
   * @throws org.vaetf.base.ConfigException if something is missing
   */
  public ZooModel {
    Check.present("name", name);
    Check.present("title", title);
    Check.present("preset", preset);
    Check.present("data", data);
    Check.atLeast("latent", latent, 1);
    metrics = Map.copyOf(Check.present("metrics", metrics));
  }
}
