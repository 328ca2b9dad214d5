package org.vaetf.events;

import com.google.protobuf.ByteString;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.Summary;
import org.tensorflow.proto.SummaryMetadata;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.vaetf.base.Png;

/** Values under a tag, each a tensor in the form that its plugin of TensorBoard reads. */
final class Summaries {
  private Summaries() {}

  /**
   * A point of a curve.
   *
   * @param tag names the curve
   * @param value rounded to single precision
   * @param description what it is and in which unit
   */
  static Summary.Value scalar(String tag, double value, String description) {
    return value(
        tag,
        "scalars",
        description,
        TensorProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setTensorShape(TensorShapeProto.getDefaultInstance())
            .addFloatVal((float) value));
  }

  /**
   * A picture: its width and height as texts, and a PNG.
   *
   * @param tag names the series of pictures
   * @param picture grey or colour
   * @param description what it shows
   */
  static Summary.Value image(String tag, BufferedImage picture, String description) {
    return value(
        tag,
        "images",
        description,
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(shape(3))
            .addStringVal(text(picture.getWidth()))
            .addStringVal(text(picture.getHeight()))
            .addStringVal(ByteString.copyFrom(Png.bytes(picture))));
  }

  /**
   * A histogram: left edge, right edge and count of each interval.
   *
   * @param tag names the series of histograms
   * @param values to be counted
   * @param description what they are
   */
  static Summary.Value histogram(String tag, float[] values, String description) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_DOUBLE)
            .setTensorShape(shape(Histogram.BUCKETS, 3));
    for (double number : Histogram.of(values).rows()) {
      tensor.addDoubleVal(number);
    }
    return value(tag, "histograms", description, tensor);
  }

  private static Summary.Value value(
      String tag, String plugin, String description, TensorProto.Builder tensor) {
    SummaryMetadata metadata =
        SummaryMetadata.newBuilder()
            .setPluginData(SummaryMetadata.PluginData.newBuilder().setPluginName(plugin))
            .setSummaryDescription(description)
            .build();
    return Summary.Value.newBuilder().setTag(tag).setMetadata(metadata).setTensor(tensor).build();
  }

  private static TensorShapeProto shape(int... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int size : sizes) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return shape.build();
  }

  private static ByteString text(int number) {
    return ByteString.copyFrom(String.valueOf(number), StandardCharsets.US_ASCII);
  }
}
