package org.vaetf.flow;

import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.vaetf.nn.LayerScope;
import org.vaetf.testing.Evaluate;
import org.vaetf.testing.RandomWeights;
import org.vaetf.tf.Array;

/** A flow of some dimensions with weights and rows of parameters that are far from the identity. */
record FlowCase(String name, Flow flow, int latent) {
  static final int ROWS = 5;

  static Stream<FlowCase> all() {
    return Stream.concat(
        Stream.of(
            of("planar", new PlanarFlow(1), 3),
            of("planar chain", new PlanarFlow(3), 4),
            of("planar, one dimension", new PlanarFlow(2), 1),
            of("radial", new RadialFlow(1), 3),
            of("radial chain", new RadialFlow(3), 4),
            of("radial, one dimension", new RadialFlow(2), 1)),
        invertible());
  }

  static Stream<FlowCase> invertible() {
    return Stream.concat(
        withoutContext(),
        Stream.of(
            of("iaf with context", new InverseAutoregressiveFlow(1, List.of(7, 6), 2), 4),
            of("maf with context", new MaskedAutoregressiveFlow(1, List.of(3), 3), 3),
            of("iaf, one dimension", new InverseAutoregressiveFlow(1, List.of(3), 2), 1)));
  }

  /** Those that a prior can have. */
  static Stream<FlowCase> withoutContext() {
    return Stream.of(
        of("iaf chain", new InverseAutoregressiveFlow(3, List.of(8), 0), 4),
        of("maf", new MaskedAutoregressiveFlow(1, List.of(8), 0), 2),
        of("maf chain", new MaskedAutoregressiveFlow(3, List.of(5, 9), 0), 4),
        of("maf chain, narrow", new MaskedAutoregressiveFlow(2, List.of(2), 0), 6),
        of("maf, one dimension", new MaskedAutoregressiveFlow(2, List.of(4), 0), 1),
        of("real-nvp", new RealNvp(1, List.of(6)), 3),
        of("real-nvp chain", new RealNvp(4, List.of(6, 5)), 5),
        of("real-nvp, two dimensions", new RealNvp(2, List.of(4)), 2));
  }

  private static FlowCase of(String name, Flow flow, int latent) {
    return new FlowCase(name, flow, latent);
  }

  LayerScope scope(Ops tf) {
    return new RandomWeights(3, 0.6).scope(tf);
  }

  Array points() {
    return RandomWeights.random(4, 2, ROWS, latent);
  }

  /** For all steps. */
  Operand<TFloat32> parameters(Ops tf) {
    long columns = (long) flow.steps() * flow.parameters(latent);
    return Evaluate.constant(tf, RandomWeights.random(5, 1.5, ROWS, columns));
  }

  @Override
  public String toString() {
    return name;
  }
}
