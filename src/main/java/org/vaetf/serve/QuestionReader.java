package org.vaetf.serve;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vaetf.base.RowShape;
import org.vaetf.base.Samples;
import org.vaetf.export.ScaledVae;
import org.vaetf.http.Refusal;

/**
 * The inputs of one signature, read from row form or column form, and checked against the model.
 */
final class QuestionReader {
  /** Draws of all rows of a request together: minutes of work, not years. */
  private static final long MOST_DRAWS = 10_000_000;

  private static final String SEED = "seed";

  private final ScaledVae vae;
  private final Signature signature;
  private final boolean byInstance;
  private final int mostAnswer;
  private final List<String> inputs;
  private final RowShape shape;
  private final NumberReader rows;
  private int[] labels = new int[16];
  private int labelCount;
  private int number;
  private long[] seed = {};

  QuestionReader(ScaledVae vae, Signature signature, boolean byInstance, int mostAnswer) {
    this.vae = vae;
    this.signature = signature;
    this.byInstance = byInstance;
    this.mostAnswer = mostAnswer;
    this.inputs = new ArrayList<>();
    if (!signature.rows().isEmpty()) {
      inputs.add(signature.rows());
    }
    inputs.addAll(signature.numbers());
    if (vae.isConditional()) {
      inputs.add(Signature.LABEL);
    }
    this.shape = signature.rows().isEmpty() ? RowShape.of() : signature.rowShape(vae);
    this.rows = new NumberReader(signature.rows(), shape);
  }

  /** Reads the value of {@code instances} or {@code inputs}, at which the parser stands. */
  void read(JsonParser in) throws IOException {
    if (byInstance) {
      readInstances(in);
    } else if (in.currentToken() == JsonToken.START_OBJECT) {
      readObject(in, "inputs", false);
    } else {
      requireOneInput("inputs is " + JsonKind.of(in), "an object");
      readInput(in, inputs.get(0), false);
    }
  }

  private void readInstances(JsonParser in) throws IOException {
    if (!signature.isByRow()) {
      throw new Refusal(
          400,
          "instances are given to "
              + signature.label()
              + ", whose inputs "
              + String.join(" and ", signature.numbers())
              + " are no rows; expected inputs, an object");
    }
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw new Refusal(400, "instances is " + JsonKind.of(in) + "; expected a list of rows");
    }
    for (int i = 0; in.nextToken() != JsonToken.END_ARRAY; i++) {
      if (in.currentToken() == JsonToken.START_OBJECT) {
        readObject(in, "instances[" + i + "]", true);
      } else {
        requireOneInput("instances[" + i + "] is " + JsonKind.of(in), "an object");
        rows.row(in);
      }
    }
  }

  private void requireOneInput(String found, String expected) {
    if (inputs.size() > 1) {
      throw new Refusal(400, found + "; expected " + expected + " of " + named());
    }
  }

  private String named() {
    return String.join(", ", inputs);
  }

  private void readObject(JsonParser in, String place, boolean one) throws IOException {
    Set<String> found = new LinkedHashSet<>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      if (!inputs.contains(name)) {
        throw new Refusal(
            400,
            place
                + " has a key '"
                + name
                + "'; expected "
                + named()
                + ", the inputs of "
                + signature.label());
      }
      found.add(name);
      in.nextToken();
      readInput(in, name, one);
    }
    if (found.size() < inputs.size()) {
      throw new Refusal(
          400, place + " has the keys " + found + "; expected " + named() + ", all of them");
    }
  }

  private void readInput(JsonParser in, String name, boolean one) throws IOException {
    if (name.equals(SEED)) {
      readSeed(in);
    } else if (name.equals(Signature.LABEL)) {
      readLabels(in, one);
    } else if (signature.numbers().contains(name)) {
      number = (int) whole(in, name, 1, Integer.MAX_VALUE);
    } else if (one) {
      rows.row(in);
    } else {
      rows.rows(in);
    }
  }

  private void readSeed(JsonParser in) throws IOException {
    List<Long> found = new ArrayList<>();
    if (in.currentToken() == JsonToken.START_ARRAY) {
      while (in.nextToken() != JsonToken.END_ARRAY && found.size() <= 2) {
        found.add(whole(in, SEED, Long.MIN_VALUE, Long.MAX_VALUE));
      }
    }
    if (found.size() != 2) {
      throw new Refusal(400, SEED + " is no list of two whole numbers; expected one, as in [7, 0]");
    }
    seed = new long[] {found.get(0), found.get(1)};
  }

  private void readLabels(JsonParser in, boolean one) throws IOException {
    if (one) {
      addLabel(in);
      return;
    }
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw new Refusal(
          400, "label is " + JsonKind.of(in) + "; expected a list with one for each row");
    }
    while (in.nextToken() != JsonToken.END_ARRAY) {
      addLabel(in);
    }
  }

  private void addLabel(JsonParser in) throws IOException {
    long value = whole(in, Signature.LABEL, 0, vae.classes().count() - 1L);
    if (labelCount == labels.length) {
      labels = Arrays.copyOf(labels, 2 * labelCount);
    }
    labels[labelCount++] = (int) value;
  }

  private static long whole(JsonParser in, String name, long least, long most) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      JsonParser.NumberType type = in.getNumberType();
      if (type != JsonParser.NumberType.BIG_INTEGER
          && in.getLongValue() >= least
          && in.getLongValue() <= most) {
        return in.getLongValue();
      }
    }
    throw new Refusal(
        400,
        name
            + " is "
            + JsonKind.of(in)
            + "; expected a whole number "
            + (least == Long.MIN_VALUE ? "of 64 bits" : "from " + least + " to " + most));
  }

  /** What has been read. */
  Question question() {
    Optional<Samples> samples =
        signature.rows().isEmpty()
            ? Optional.empty()
            : Optional.of(new Samples(shape, rows.values()));
    Question question =
        new Question(
            signature,
            byInstance,
            samples,
            vae.isConditional() ? Optional.of(Arrays.copyOf(labels, labelCount)) : Optional.empty(),
            number,
            seed);
    int count = question.answerRows();
    if (count == 0) {
      throw new Refusal(400, "the request has no rows; expected at least one");
    }
    if (vae.isConditional() && labelCount != count) {
      throw new Refusal(
          400, "label has " + labelCount + " values; expected " + count + ", one for each row");
    }
    requireBearable(count);
    return question;
  }

  private void requireBearable(int count) {
    long bytes = (long) count * signature.answerSize(vae) * Float.BYTES;
    if (bytes > mostAnswer) {
      throw new Refusal(
          400,
          "the answer to "
              + count
              + " rows would have "
              + bytes
              + " bytes of numbers; expected at most "
              + mostAnswer
              + ": ask for fewer rows at a time");
    }
    if (signature == Signature.SCORE && (long) count * number > MOST_DRAWS) {
      throw new Refusal(
          400,
          "samples is "
              + number
              + " for each of "
              + count
              + " rows; expected at most "
              + MOST_DRAWS
              + " for all together");
    }
  }
}
