package org.vaetf.explore;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of the page.
 *
 * @param type as in Content-Type
 * @param bytes the whole file
 */
@SuppressWarnings("ArrayRecordComponent") // Sent as it is, compared by nobody.
record Asset(String type, byte[] bytes) {
  /** What a browser opens; the rest of the files belongs to it. */
  static final String PAGE = "/";

  private static final List<String> SCRIPTS =
      List.of("explore.js", "api.js", "draw.js", "link.js", "map.js", "picture.js", "posterior.js");

  /** Every file by its path: no other can be asked for. */
  static Map<String, Asset> all() {
    Map<String, Asset> all = new LinkedHashMap<>();
    all.put(PAGE, read("index.html", "text/html; charset=utf-8"));
    all.put("/explore.css", read("explore.css", "text/css; charset=utf-8"));
    all.put("/icon.svg", read("icon.svg", "image/svg+xml"));
    SCRIPTS.forEach(name -> all.put("/" + name, read(name, "text/javascript; charset=utf-8")));
    return Map.copyOf(all);
  }

  private static Asset read(String name, String type) {
    try (InputStream in = Asset.class.getResourceAsStream(name)) {
      return new Asset(type, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
