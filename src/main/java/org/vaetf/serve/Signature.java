package org.vaetf.serve;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.export.Encoding;
import org.vaetf.export.Generated;
import org.vaetf.export.ScaledVae;
import org.vaetf.export.Scores;
import org.vaetf.http.Refusal;

/**
 * The signatures of the contract: what each is given beside labels, and what it answers. The rows
 * of one do not depend on the rows beside them where it {@link #isByRow}; those of the others do,
 * since their noise is drawn by the seed and the row's number.
 */
enum Signature {
  SERVING_DEFAULT("x", List.of(), List.of("reconstruction")),
  RECONSTRUCT("x", List.of(), List.of("reconstruction")),
  ENCODE("x", List.of(), List.of("mean", "log_variance")),
  DECODE("z", List.of(), List.of("x")),
  SAMPLE("", List.of("count", "seed"), List.of("x", "z")),
  SCORE("x", List.of("samples", "seed"), List.of("elbo", "reconstruction", "kl", "log_likelihood"));

  static final String LABEL = "label";

  private final String rows;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable.
  private final List<String> numbers;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable.
  private final List<String> outputs;

  Signature(String rows, List<String> numbers, List<String> outputs) {
    this.rows = rows;
    this.numbers = numbers;
    this.outputs = outputs;
  }

  /** The name as requests have it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The signature of a name. */
  static Signature of(String label) {
    return Arrays.stream(values())
        .filter(signature -> signature.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    400,
                    "signature_name is '"
                        + label
                        + "'; expected one of: "
                        + Arrays.stream(values())
                            .map(Signature::label)
                            .collect(Collectors.joining(", "))));
  }

  /** The input that has rows of numbers; "" where there is none. */
  String rows() {
    return rows;
  }

  /** Its inputs that are the same for all rows: an int32 [], and {@code seed}, int64 [2]. */
  List<String> numbers() {
    return numbers;
  }

  /** The names of what it answers. */
  List<String> outputs() {
    return outputs;
  }

  /** Whether requests can be computed together. */
  boolean isByRow() {
    return numbers.isEmpty();
  }

  /** The shape of a row of its rows. */
  RowShape rowShape(ScaledVae vae) {
    return rows.equals("z") ? RowShape.of(vae.latent()) : vae.shape();
  }

  /** How many numbers the answer has for a row. */
  int answerSize(ScaledVae vae) {
    return switch (this) {
      case SERVING_DEFAULT, RECONSTRUCT, DECODE -> vae.shape().size();
      case ENCODE -> 2 * vae.latent();
      case SAMPLE -> vae.shape().size() + vae.latent();
      case SCORE -> outputs.size();
    };
  }

  /** Asks the model: rows of each output, in their order. */
  List<Samples> run(ScaledVae vae, Question question) {
    return switch (this) {
      case SERVING_DEFAULT, RECONSTRUCT -> List.of(vae.reconstruct(question.rows()));
      case DECODE -> List.of(vae.decode(question.rows()));
      case ENCODE -> {
        Encoding posterior = vae.encode(question.rows());
        yield List.of(posterior.mean(), posterior.logVariance());
      }
      case SAMPLE -> {
        Generated drawn =
            question.labels().isPresent()
                ? vae.sample(question.labels().get(), question.seed())
                : vae.sample(question.number(), question.seed());
        yield List.of(drawn.x(), drawn.z());
      }
      case SCORE -> {
        Scores scores = vae.score(question.rows(), question.number(), question.seed());
        yield List.of(
            numbers(scores.elbo()),
            numbers(scores.reconstruction()),
            numbers(scores.kl()),
            numbers(scores.logLikelihood()));
      }
    };
  }

  private static Samples numbers(float[] values) {
    return new Samples(RowShape.of(), values);
  }
}
