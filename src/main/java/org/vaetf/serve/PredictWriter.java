package org.vaetf.serve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.vaetf.base.Samples;

/**
 * Writes an answer as TensorFlow Serving does: {@code predictions}, a list with one entry for each
 * row, to row form; {@code outputs}, whole tensors, to column form; without a name where there is
 * one output. A float32 is written with the fewest digits that give it back; what is no number as
 * {@code NaN}, {@code Infinity} and {@code -Infinity}.
 */
final class PredictWriter {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .build();

  private PredictWriter() {}

  /** Writes it all; the stream stays the caller's to close. */
  static void write(Question question, List<Samples> answer, OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartObject();
      List<String> names = question.signature().outputs();
      if (question.byInstance()) {
        json.writeArrayFieldStart("predictions");
        for (int row = 0; row < question.answerRows(); row++) {
          writeNamed(json, names, answer, row);
        }
        json.writeEndArray();
      } else {
        json.writeFieldName("outputs");
        writeNamed(json, names, answer, -1);
      }
      json.writeEndObject();
    }
  }

  /** One row of each output, or the whole of each for -1. */
  private static void writeNamed(
      JsonGenerator json, List<String> names, List<Samples> answer, int row) throws IOException {
    if (names.size() == 1) {
      writeTensor(json, answer.get(0), row);
      return;
    }
    json.writeStartObject();
    for (int i = 0; i < names.size(); i++) {
      json.writeFieldName(names.get(i));
      writeTensor(json, answer.get(i), row);
    }
    json.writeEndObject();
  }

  private static void writeTensor(JsonGenerator json, Samples tensor, int row) throws IOException {
    int size = tensor.shape().size();
    if (row >= 0) {
      writeRow(json, tensor, 0, row * size, size);
      return;
    }
    json.writeStartArray();
    for (int i = 0; i < tensor.rows(); i++) {
      writeRow(json, tensor, 0, i * size, size);
    }
    json.writeEndArray();
  }

  private static void writeRow(JsonGenerator json, Samples tensor, int level, int from, int size)
      throws IOException {
    if (level == tensor.shape().rank()) {
      json.writeNumber(tensor.values()[from]);
      return;
    }
    int count = tensor.shape().dimensions().get(level);
    int part = size / count;
    json.writeStartArray();
    for (int i = 0; i < count; i++) {
      writeRow(json, tensor, level + 1, from + i * part, part);
    }
    json.writeEndArray();
  }
}
