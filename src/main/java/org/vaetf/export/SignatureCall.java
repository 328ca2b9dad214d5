package org.vaetf.export;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tensorflow.proto.SignatureDef;
import org.vaetf.base.Samples;
import org.vaetf.tf.Array;
import org.vaetf.tf.GraphSession;

/** A call by the names of a signature. */
final class SignatureCall {
  private final GraphSession.Call call;
  private final SignatureDef signature;

  SignatureCall(GraphSession.Call call, SignatureDef signature, String... outputs) {
    this.call = call;
    this.signature = signature;
    for (String output : outputs) {
      call.fetch(signature.getOutputsOrThrow(output).getName());
    }
  }

  SignatureCall feed(String input, Samples rows) {
    return feed(input, rows, 0, rows.rows());
  }

  SignatureCall feed(String input, Samples rows, int from, int to) {
    call.feed(tensor(input), rows, from, to);
    return this;
  }

  SignatureCall feedLabels(Optional<long[]> labels, int from, int to) {
    labels.ifPresent(all -> feed(Contract.LABEL, Arrays.copyOfRange(all, from, to)));
    return this;
  }

  SignatureCall fetch(String output, float[] into, int offset) {
    call.fetchInto(signature.getOutputsOrThrow(output).getName(), into, offset);
    return this;
  }

  SignatureCall feed(String input, int value) {
    call.feedScalar(tensor(input), value);
    return this;
  }

  SignatureCall feed(String input, long[] values) {
    call.feed(tensor(input), values);
    return this;
  }

  List<Array> run() {
    return call.runStrangers();
  }

  private String tensor(String input) {
    return signature.getInputsOrThrow(input).getName();
  }
}
