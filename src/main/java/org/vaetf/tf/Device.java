package org.vaetf.tf;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Named;

/**
 * Where a session runs: {@code cpu}, {@code gpu} (the first), {@code gpu:N}, or {@code auto} (the
 * first GPU if TensorFlow sees one, else the CPU).
 *
 * @param kind the sort of device
 * @param index which of them, from 0; 0 for all but {@code gpu:N}
 */
public record Device(Kind kind, int index) {
  /** The CPU. */
  public static final Device CPU = new Device(Kind.CPU, 0);

  /** The first GPU if there is one, else the CPU. */
  public static final Device AUTO = new Device(Kind.AUTO, 0);

  private static final Pattern GPU = Pattern.compile("gpu(?::(\\d{1,3}))?");

  /** The sorts of device. */
  public enum Kind implements Named {
    /** The processor. */
    CPU,
    /** A CUDA card, or an error: never the processor instead. */
    GPU,
    /** A CUDA card if TensorFlow sees one, else the processor. */
    AUTO
  }

  /**
   * Reads a device's name.
   *
   * @param name {@code cpu}, {@code gpu}, {@code gpu:N} or {@code auto}
   * @return the device
   * @throws ConfigException if it is none of them
   */
  @JsonCreator
  public static Device of(String name) {
    if (name.equals("cpu")) {
      return CPU;
    }
    if (name.equals("auto")) {
      return AUTO;
    }
    Matcher gpu = GPU.matcher(name);
    if (!gpu.matches()) {
      throw new ConfigException("device", "'" + name + "'", "cpu, gpu, gpu:N or auto");
    }
    return new Device(Kind.GPU, gpu.group(1) == null ? 0 : Integer.parseInt(gpu.group(1)));
  }

  @Override
  @JsonValue
  public String toString() {
    return kind == Kind.GPU && index > 0 ? "gpu:" + index : kind.label();
  }
}
