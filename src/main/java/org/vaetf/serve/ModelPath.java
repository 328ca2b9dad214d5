package org.vaetf.serve;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vaetf.http.Refusal;

/**
 * A path of TensorFlow Serving's API.
 *
 * @param page what is asked for
 * @param model the name in the path
 * @param version the version in the path, as text; "" where there is none
 */
record ModelPath(Page page, String model, String version) {
  private static final Pattern PATH =
      Pattern.compile(
          "/v1/models/([^/:]+)(?:/versions/(\\d+))?(/metadata|:predict|:classify|:regress)?");

  /** What can be asked of a model. */
  enum Page {
    STATUS("GET"),
    METADATA("GET"),
    PREDICT("POST"),
    OTHER("POST");

    private final String method;

    Page(String method) {
      this.method = method;
    }

    String method() {
      return method;
    }
  }

  /** Takes a path apart. */
  static ModelPath of(String path) {
    Matcher found = PATH.matcher(path);
    if (!found.matches()) {
      throw new Refusal(
          404,
          "no such path; expected /v1/models/NAME[/versions/V], with /metadata or :predict behind"
              + " it, /healthz, /readyz or /metrics");
    }
    String rest = found.group(3) == null ? "" : found.group(3);
    Page page =
        switch (rest) {
          case "" -> Page.STATUS;
          case "/metadata" -> Page.METADATA;
          case ":predict" -> Page.PREDICT;
          default -> Page.OTHER;
        };
    return new ModelPath(page, found.group(1), found.group(2) == null ? "" : found.group(2));
  }

  /** Refuses another model or version than the one that is served. */
  void requireServed(ServeConfig config) {
    if (!model.equals(config.name())) {
      throw new Refusal(404, "no model '" + model + "' here; expected '" + config.name() + "'");
    }
    if (!version.isEmpty()
        && !version.replaceFirst("^0+(?=.)", "").equals(Long.toString(config.version()))) {
      throw new Refusal(
          404, "no version " + version + " of " + model + " here; expected " + config.version());
    }
  }
}
