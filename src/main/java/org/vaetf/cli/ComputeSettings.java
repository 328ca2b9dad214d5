package org.vaetf.cli;

import java.util.List;
import org.vaetf.tf.Compute;
import org.vaetf.tf.Device;

/** The options that say what to compute with. */
final class ComputeSettings {
  static final List<CliOption> OPTIONS = List.of(CliOption.DEVICE, CliOption.THREADS);

  private ComputeSettings() {}

  static Compute apply(Compute base, Arguments arguments) {
    return new Compute(
        arguments.text(CliOption.DEVICE).map(Device::of).orElse(base.device()),
        arguments.whole(CliOption.THREADS).orElse(base.threads()));
  }
}
