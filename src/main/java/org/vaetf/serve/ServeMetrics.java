package org.vaetf.serve;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/**
 * What a server counts, in the text format that Prometheus reads. Requests whose signature was
 * never known count under {@code none}.
 */
final class ServeMetrics {
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final String NONE = "none";
  private static final double[] SECONDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };
  private static final double[] ROWS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024};

  private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();
  private final Map<Signature, Buckets> seconds = new EnumMap<>(Signature.class);
  private final Map<Signature, Buckets> batches = new EnumMap<>(Signature.class);
  private final Map<Signature, LongAdder> rows = new EnumMap<>(Signature.class);

  ServeMetrics() {
    for (Signature signature : Signature.values()) {
      seconds.put(signature, new Buckets(SECONDS));
      batches.put(signature, new Buckets(ROWS));
      rows.put(signature, new LongAdder());
    }
  }

  /** A predict request has been answered; the signature is null where it was never known. */
  void request(Signature signature, int status, long nanos) {
    String label = signature == null ? NONE : signature.label();
    requests
        .computeIfAbsent(
            "signature=\"" + label + "\",status=\"" + status + '"', key -> new LongAdder())
        .increment();
    if (signature != null) {
      seconds.get(signature).add(nanos * 1e-9);
    }
  }

  /** The model is asked for some rows at once. */
  void batch(Signature signature, int count) {
    batches.get(signature).add(count);
    rows.get(signature).add(count);
  }

  /** All lines. */
  String write(IntSupplier queue, IntSupplier open) {
    StringBuilder out = new StringBuilder();
    head(out, "vaetf_requests_total", "counter", "Predict requests by signature and HTTP status.");
    requests.forEach(
        (labels, count) ->
            out.append("vaetf_requests_total{")
                .append(labels)
                .append("} ")
                .append(count)
                .append('\n'));
    head(
        out,
        "vaetf_request_seconds",
        "histogram",
        "From a request's first byte read to its answer's last byte written.");
    seconds.forEach((signature, all) -> all.write("vaetf_request_seconds", label(signature), out));
    head(out, "vaetf_batch_rows", "histogram", "Rows that the model was asked for at once.");
    batches.forEach((signature, all) -> all.write("vaetf_batch_rows", label(signature), out));
    head(out, "vaetf_rows_total", "counter", "Rows that the model was asked for.");
    for (Signature signature : Arrays.asList(Signature.values())) {
      out.append("vaetf_rows_total{").append(label(signature)).append("} ");
      out.append(rows.get(signature)).append('\n');
    }
    head(out, "vaetf_queue_requests", "gauge", "Requests that wait for the model.");
    out.append("vaetf_queue_requests ").append(queue.getAsInt()).append('\n');
    head(out, "vaetf_open_requests", "gauge", "Predict requests that are not answered yet.");
    out.append("vaetf_open_requests ").append(open.getAsInt()).append('\n');
    return out.toString();
  }

  private static String label(Signature signature) {
    return "signature=\"" + signature.label() + '"';
  }

  private static void head(StringBuilder out, String name, String type, String help) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }
}
