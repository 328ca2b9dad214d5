package org.vaetf.data;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.vaetf.base.Check;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Named;
import org.vaetf.base.RowShape;

/**
 * From stored values to a model's numbers and back: {@code scaled = (value - shift) / scale}, for
 * each entry of a row's last axis (each feature of a flat row, each channel of an image), or the
 * same for all.
 *
 * @param kind how shift and scale were found
 * @param shift one for each entry of the last axis, or one for all; not to be written to
 * @param scale as many, none of them 0; not to be written to
 */
@SuppressWarnings("ArrayRecordComponent") // Numbers for inner loops; equality is by content.
public record Scaling(Kind kind, float[] shift, float[] scale) {

  /** How shift and scale are found. */
  public enum Kind implements Named {
    /** Grey levels of 0…255 become 0…1. */
    UNIT,
    /** Each entry gets mean 0 and standard deviation 1 over the rows it is fitted to. */
    STANDARDIZE,
    /** Values stay as they are. */
    NONE;

    /**
     * What fits stored values where nobody says otherwise.
     *
     * @param encoding how the values are stored
     * @return UNIT for bytes, NONE for real numbers
     */
    public static Kind defaultFor(DataSet.Encoding encoding) {
      return encoding == DataSet.Encoding.BYTES ? UNIT : NONE;
    }
  }

  private static final int FIT_VALUES = 1 << 18;

  /**
   * Copies and checks the numbers.
   *
   * @param kind how shift and scale were found
   * @param shift one for each entry of the last axis, or one for all; not to be written to
   * @param scale as many, none of them 0; not to be written to
   * @throws ConfigException if one is missing, if there are not as many of both, or if one is not
   *     finite or a scale is 0
   */
  public Scaling {
    Check.present("scaling kind", kind);
    shift = Check.present("scaling shift", shift).clone();
    scale = Check.present("scaling scale", scale).clone();
    if (shift.length == 0 || shift.length != scale.length) {
      throw new ConfigException(
          "scaling", shift.length + " shifts and " + scale.length + " scales", "as many of both");
    }
    for (int i = 0; i < shift.length; i++) {
      if (!Float.isFinite(shift[i]) || !Float.isFinite(scale[i]) || scale[i] == 0) {
        throw new ConfigException(
            "scaling of entry " + i,
            "shift " + shift[i] + " and scale " + scale[i],
            "finite numbers, the scale not 0");
      }
    }
  }

  /**
   * Leaves values as they are.
   *
   * @return shift 0, scale 1
   */
  public static Scaling none() {
    return new Scaling(Kind.NONE, new float[] {0}, new float[] {1});
  }

  /**
   * Makes 0…1 of 0…255.
   *
   * @return shift 0, scale 255
   */
  public static Scaling unit() {
    return new Scaling(Kind.UNIT, new float[] {0}, new float[] {255});
  }

  /**
   * Finds shift and scale. Standardizing reads all rows once; an entry that never changes gets
   * scale 1.
   *
   * @param kind what to find
   * @param train the rows to learn from, and no others
   * @return the scaling
   * @throws ConfigException if there are no rows to standardize
   */
  public static Scaling fit(Kind kind, DataSet train) {
    return fit(kind, train, List::of);
  }

  /**
   * As {@link #fit(Kind, DataSet)}, of rows that several processes hold.
   *
   * @param kind what to find
   * @param train the rows to learn from that this process holds
   * @param all gives the text of each process for that of this one; the same in all of them
   * @return the scaling, the same in all processes
   * @throws ConfigException if there are no rows to standardize
   */
  public static Scaling fit(Kind kind, DataSet train, Function<String, List<String>> all) {
    return switch (kind) {
      case UNIT -> unit();
      case NONE -> none();
      case STANDARDIZE -> standardize(train, all);
    };
  }

  private static Scaling standardize(DataSet train, Function<String, List<String>> all) {
    Moments moments = new Moments(train.shape().channels());
    int most = Math.max(1, FIT_VALUES / train.shape().size());
    for (int row = 0; row < train.rows(); row += most) {
      moments.add(train.slice(row, Math.min(train.rows(), row + most)).values());
    }
    moments = Moments.merged(all.apply(moments.text()));
    if (moments.count() == 0) {
      throw new ConfigException("rows to standardize", 0, "at least 1");
    }
    return new Scaling(Kind.STANDARDIZE, moments.mean(), moments.deviationOrOne());
  }

  /**
   * Scales rows in place.
   *
   * @param values whole rows
   */
  public void apply(float[] values) {
    apply(values, 0, values.length);
  }

  /**
   * Scales some rows in place.
   *
   * @param values whole rows
   * @param from where the first to scale begins
   * @param to where the last to scale ends
   */
  public void apply(float[] values, int from, int to) {
    if (kind == Kind.NONE) {
      return;
    }
    if (shift.length == 1) {
      float shift0 = shift[0];
      float scale0 = scale[0];
      for (int i = from; i < to; i++) {
        values[i] = (values[i] - shift0) / scale0;
      }
      return;
    }
    for (int row = from; row < to; row += shift.length) {
      for (int i = 0; i < shift.length; i++) {
        values[row + i] = (values[row + i] - shift[i]) / scale[i];
      }
    }
  }

  /**
   * Takes scaled rows back to stored values, in place.
   *
   * @param values whole rows
   */
  public void undo(float[] values) {
    if (kind == Kind.NONE) {
      return;
    }
    for (int row = 0; row < values.length; row += shift.length) {
      for (int i = 0; i < shift.length; i++) {
        values[row + i] = values[row + i] * scale[i] + shift[i];
      }
    }
  }

  /**
   * Refuses rows that this scaling was not made for.
   *
   * @param shape of a row
   * @return this
   * @throws ConfigException if the row's last axis is of another length
   */
  public Scaling requireShape(RowShape shape) {
    if (shift.length > 1 && shift.length != shape.channels()) {
      throw new ConfigException(
          "last size of the row shape " + shape,
          shape.channels(),
          shift.length + ", the number of entries that the scaling was fitted to");
    }
    return this;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Scaling scaling
        && kind == scaling.kind
        && Arrays.equals(shift, scaling.shift)
        && Arrays.equals(scale, scaling.scale);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shift) + Arrays.hashCode(scale);
  }

  @Override
  public String toString() {
    return kind.label() + " of " + shift.length + (shift.length == 1 ? " entry" : " entries");
  }
}
