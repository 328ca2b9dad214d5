package org.vaetf.serve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.vaetf.export.ScaledVae;
import org.vaetf.http.Refusal;

/**
 * Reads the body of a predict request as TensorFlow Serving does: {@code signature_name}, and
 * either {@code instances} (a list of rows) or {@code inputs} (whole tensors). Keys of other names
 * are passed over, as there; {@code NaN}, {@code Infinity} and {@code -Infinity} are numbers.
 */
final class PredictReader {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .build();

  private static final String NAME = "signature_name";
  private static final String INSTANCES = "instances";
  private static final String INPUTS = "inputs";

  private final ScaledVae vae;
  private final int mostAnswer;

  /**
   * Reads for a model.
   *
   * @param vae the model
   * @param mostAnswer most bytes of the numbers of an answer
   */
  PredictReader(ScaledVae vae, int mostAnswer) {
    this.vae = vae;
    this.mostAnswer = mostAnswer;
  }

  /**
   * Reads a body.
   *
   * @throws Refusal if it is not JSON, or does not fit the model; in one line
   */
  Question read(byte[] body) {
    try (JsonParser in = JSON.createParser(body)) {
      return read(in, body);
    } catch (JsonProcessingException e) {
      throw new Refusal(
          400,
          "the body is not JSON: "
              + e.getOriginalMessage().lines().findFirst().orElse("")
              + (e.getLocation() == null ? "" : ", at byte " + e.getLocation().getByteOffset()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Question read(JsonParser in, byte[] body) throws IOException {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      throw new Refusal(
          400,
          "the body is "
              + (in.currentToken() == null ? "empty" : JsonKind.of(in))
              + "; expected an object with instances or inputs");
    }
    Signature signature = null;
    QuestionReader question = null;
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String key = in.currentName();
      in.nextToken();
      if (key.equals(NAME)) {
        signature = signature(in);
      } else if (key.equals(INSTANCES) || key.equals(INPUTS)) {
        if (question != null) {
          throw new Refusal(400, "the body has instances and inputs; expected one of them");
        }
        // The name may stand behind what it is needed for.
        Signature known = signature == null ? signatureOf(body) : signature;
        question = new QuestionReader(vae, known, key.equals(INSTANCES), mostAnswer);
        question.read(in);
      } else {
        in.skipChildren();
      }
    }
    if (in.nextToken() != null) {
      throw new Refusal(400, "the body goes on after its object; expected one object");
    }
    if (question == null) {
      throw new Refusal(400, "the body has neither instances nor inputs; expected one of them");
    }
    return question.question();
  }

  private static Signature signatureOf(byte[] body) throws IOException {
    try (JsonParser in = JSON.createParser(body)) {
      in.nextToken();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String key = in.currentName();
        in.nextToken();
        if (key.equals(NAME)) {
          return signature(in);
        }
        in.skipChildren();
      }
      return Signature.SERVING_DEFAULT;
    }
  }

  private static Signature signature(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      throw new Refusal(400, NAME + " is " + JsonKind.of(in) + "; expected a text");
    }
    // An empty name means the default there, too.
    return in.getText().isEmpty() ? Signature.SERVING_DEFAULT : Signature.of(in.getText());
  }
}
